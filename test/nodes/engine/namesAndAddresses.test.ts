import type { INodeParameters } from 'n8n-workflow';

import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { itemsOf, XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

const findOrCreate: INodeParameters = {
	resource: 'contact',
	operation: 'findOrCreate',
	findBy: 'name',
	name: '={{ $json.name }}',
};

let xero: ConnectedEngine;
beforeEach(async () => {
	xero = await connectEngine();
});
afterEach(async () => {
	await xero.close();
});

const find = async (...names: string[]) => {
	const { itemsOf: output } = await xero.engine.run(
		xeroWorkflow({ parameters: findOrCreate, onError: 'continueRegularOutput' }),
		{ input: itemsOf(names.length, (index) => ({ name: names[index] })) },
	);
	return output(XERO_NODE).map(({ json }) => json);
};
const listInvoices = async (filters: INodeParameters) =>
	await xero.engine.run(
		xeroWorkflow({
			parameters: { resource: 'invoice', operation: 'getAll', returnAll: true, filters },
		}),
	);
const addresses = async () =>
	(await xero.sandbox.requests()).map(
		({ path, query }) =>
			`https://api.xero.com${path}?${Object.entries(query)
				.map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
				.join('&')}`.length,
	);

describe('names', () => {
	it('are the same as Xero has them, whatever their case and blanks', async () => {
		const [first] = await find('Ann Lee');

		const found = await find('ANN  LEE', ' ann lee ');

		expect(found.map(({ created, ContactID }) => [created, ContactID])).toEqual([
			[false, first?.['ContactID']],
			[false, first?.['ContactID']],
		]);
	});

	it('that differ in case and blanks only are one new contact', async () => {
		const found = await find('Ann Lee', 'ann  LEE');

		expect(found.map(({ created }) => created)).toEqual([true, false]);
		expect(found[1]?.['ContactID']).toBe(found[0]?.['ContactID']);
	});

	it.each(['12" Pipe "Works"', 'C:\\Temp\\', '\\"', 'Zoë & Søn 🦆', "O'Brien (NZ)"])(
		'are found whatever characters they have: %s',
		async (name) => {
			const [created] = await find(name);
			const [found] = await find(name, 'Somebody else');

			expect(created).toMatchObject({ created: true, Name: name });
			expect(found).toMatchObject({ created: false, ContactID: created?.['ContactID'] });
		},
	);

	it('that no filter of Xero can say are refused, and nothing is created', async () => {
		await xero.sandbox.setFaults({ doublesQuotes: false });
		const count = (await xero.read('Contacts')).length;

		const [refused, other] = await find('12" Pipe', 'Somebody else');

		expect(refused?.['error']).toBeDefined();
		expect(other).toMatchObject({ created: true });
		expect(await xero.read('Contacts')).toHaveLength(count + 1);
	});
});

describe('addresses', () => {
	it('are cut to what Xero takes, and every number is asked for', async () => {
		await xero.sandbox.seed(xero.tenantId, { invoices: 600 });
		const sales = (await xero.read('Invoices?page=1&pageSize=1000')).filter(
			({ Type }) => Type === 'ACCREC',
		);
		const numbers = sales.map(({ InvoiceNumber }) => String(InvoiceNumber));
		await xero.sandbox.forgetRequests();

		const execution = await listInvoices({ invoiceNumbers: numbers.join(', '), type: 'ACCREC' });

		expect(numbers.join().length).toBeGreaterThan(2_090);
		expect(execution.error).toBeUndefined();
		expect(
			execution
				.itemsOf(XERO_NODE)
				.map(({ json }) => String(json['InvoiceNumber']))
				.sort(),
		).toEqual([...numbers].sort());
		expect(Math.max(...(await addresses()))).toBeLessThanOrEqual(2_090);
	});

	it('have fewer ids where another filter is long', async () => {
		const ids = (await xero.read('Invoices?page=1&pageSize=1000'))
			.slice(0, 40)
			.map(({ InvoiceID }) => String(InvoiceID));

		const execution = await listInvoices({
			ids: ids.join(','),
			where: `Reference!="${'x'.repeat(900)}"`,
		});

		expect(execution.error).toBeUndefined();
		expect(execution.itemsOf(XERO_NODE)).toHaveLength(40);
		expect(Math.max(...(await addresses()))).toBeLessThanOrEqual(2_090);
	});

	it('that are too long all the same are no proof that Xero has no record', async () => {
		const count = (await xero.read('Contacts')).length;

		const [long, other] = await find('x'.repeat(3_000), 'Somebody else');

		expect(long?.['error']).toMatch('longer than Xero takes');
		expect(other).toMatchObject({ created: true });
		expect(await xero.read('Contacts')).toHaveLength(count + 1);
	});
});
