import { checkResponse } from './checkedSandbox';
import { connectSandbox, type ConnectedSandbox, type Json } from './connectedSandbox';

let sandbox: ConnectedSandbox;
let good: Json;
beforeAll(async () => {
	sandbox = await connectSandbox();
	good = (await sandbox.get('/Invoices?page=1&pageSize=1')).json;
});
afterAll(() => sandbox.close());

const check = (body: Json, status = 200) =>
	checkResponse(
		'GET',
		'/api.xro/2.0/Invoices',
		new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } }),
	);

it('accepts an answer as it is', async () => {
	await expect(check(good)).resolves.toBeUndefined();
});

it.each([
	[
		'an invented field',
		(invoice: Json) => (invoice['Colour'] = 'red'),
		/additional properties.*Colour/,
	],
	['an ISO date', (invoice: Json) => (invoice['Date'] = '2026-11-01'), /Date must match pattern/],
	['an amount as text', (invoice: Json) => (invoice['Total'] = '1.00'), /Total must be number/],
	[
		'an unknown status',
		(invoice: Json) => (invoice['Status'] = 'OPEN'),
		/Status must be equal to one of/,
	],
	[
		'a malformed id',
		(invoice: Json) => (invoice['InvoiceID'] = '42'),
		/InvoiceID must match pattern/,
	],
	[
		'an invented field deep inside',
		(invoice: Json) => (invoice['LineItems'][0].Sum = 1),
		/LineItems\/0.*Sum/,
	],
	[
		'an unknown currency',
		(invoice: Json) => (invoice['CurrencyCode'] = 'ZZZ'),
		/CurrencyCode must be equal/,
	],
])('refuses %s', async (_case, breakIt, message) => {
	const broken = structuredClone(good);
	breakIt(broken['Invoices'][0]);

	await expect(check(broken)).rejects.toThrow(message);
});

it('refuses an answer without its envelope, and an error without its number', async () => {
	const { Id: _id, ...rest } = good;

	await expect(check(rest)).rejects.toThrow(/required property 'Id'/);
	await expect(check({ Type: 'ValidationException', Message: 'x' }, 400)).rejects.toThrow(
		/ErrorNumber/,
	);
});
