import { checkResponse } from './checkedSandbox';
import { connectSandbox, type ConnectedSandbox } from './connectedSandbox';
import type { Json, XeroBody } from './XeroBody';

let sandbox: ConnectedSandbox;
let good: XeroBody;
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
	['an invented field', { Colour: 'red' }, /additional properties.*Colour/],
	['an ISO date', { Date: '2026-11-01' }, /Date must match pattern/],
	['an amount as text', { Total: '1.00' }, /Total must be number/],
	['an unknown status', { Status: 'OPEN' }, /Status must be equal to one of/],
	['a malformed id', { InvoiceID: '42' }, /InvoiceID must match pattern/],
	['an invented field deep inside', { LineItems: [{ Sum: 1 }] }, /LineItems\/0.*Sum/],
	['an unknown currency', { CurrencyCode: 'ZZZ' }, /CurrencyCode must be equal/],
])('refuses %s', async (_case, changes, message) => {
	const broken = { ...good, Invoices: [{ ...good.Invoices[0], ...changes }] };

	await expect(check(broken)).rejects.toThrow(message);
});

it('refuses an answer without its envelope, and an error without its number', async () => {
	await expect(check({ ...good, Id: undefined })).rejects.toThrow(/required property 'Id'/);
	await expect(check({ Type: 'ValidationException', Message: 'x' }, 400)).rejects.toThrow(
		/ErrorNumber/,
	);
});
