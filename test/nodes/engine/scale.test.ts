import type { INodeParameters } from 'n8n-workflow';

import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { itemsOf, pairedItems, XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

const newInvoice: INodeParameters = {
	resource: 'invoice',
	operation: 'create',
	type: 'ACCREC',
	contact: { __rl: true, mode: 'name', value: 'Ridgeway University' },
	lineItemsMode: 'json',
	lineItemsJson: '={{ [{ description: "Goods", unitAmount: 10, accountCode: "200" }] }}',
	additionalFields: { reference: '={{ $json.reference }}' },
};

/** What large runs cost, counted in requests that reach Xero. */
describe('at scale', () => {
	let xero: ConnectedEngine;

	beforeEach(async () => {
		xero = await connectEngine();
		await xero.sandbox.forgetRequests();
	});
	afterEach(async () => {
		await xero.close();
	});

	const requests = async () =>
		(await xero.sandbox.requests()).filter(({ path }) => path.startsWith('/api.xro/'));
	const organisation = () => ({ __rl: true, mode: 'id', value: xero.tenantId });

	it('creates 1,000 invoices in 20 requests, and reads them by id in 25', async () => {
		const created = await xero.engine.run(
			xeroWorkflow({ parameters: { ...newInvoice, organisation: organisation() } }),
			{ input: itemsOf(1_000, (index) => ({ reference: `R-${index}` })) },
		);
		const writes = await requests();
		await xero.sandbox.forgetRequests();

		const items = created.itemsOf(XERO_NODE);
		const read = await xero.engine.run(
			xeroWorkflow({
				parameters: {
					resource: 'invoice',
					operation: 'get',
					organisation: organisation(),
					invoice: { __rl: true, mode: 'id', value: '={{ $json.InvoiceID }}' },
				},
			}),
			{ input: items.map(({ json }) => ({ json })) },
		);

		expect(items).toHaveLength(1_000);
		expect(writes).toHaveLength(20);
		expect((await requests()).length).toBeLessThanOrEqual(25);
		expect(read.itemsOf(XERO_NODE).map(({ json }) => json['Reference'])).toEqual(
			items.map(({ json }) => json['Reference']),
		);
	}, 60_000);

	it('finishes 3,000 creates in one go against a limit of calls, none failed and none doubled', async () => {
		// Xero's windows shortened: the 60 requests of 3,000 items do not fit into one, as with other callers.
		await xero.sandbox.setLimits({ minute: 7, windowMs: 1_000, day: 100_000, concurrent: 5 });
		const name = (index: number) => `Bulk ${index}`;

		const execution = await xero.engine.run(
			xeroWorkflow({
				parameters: {
					resource: 'contact',
					operation: 'create',
					organisation: organisation(),
					name: '={{ $json.name }}',
				},
			}),
			{ input: itemsOf(3_000, (index) => ({ name: name(index) })) },
		);

		expect(execution.error).toBeUndefined();
		const items = execution.itemsOf(XERO_NODE);
		expect(pairedItems(items)).toEqual(Array.from({ length: 3_000 }, (_, index) => index));
		expect(items.map(({ json }) => json['Name'])).toEqual(items.map((_, index) => name(index)));
		const sent = await requests();
		expect(sent.filter(({ status }) => status === 200)).toHaveLength(60);
		expect(sent.some(({ status }) => status === 429)).toBe(true);
		await xero.sandbox.setLimits({ minute: 1_000_000, day: 1_000_000, concurrent: 1_000 });
		const held = await xero.read('Contacts?where=Name.StartsWith("Bulk ")');
		expect(held).toHaveLength(3_000);
	}, 120_000);

	it('sends what has a key of its own alone, and never twice', async () => {
		const parameters: INodeParameters = {
			...newInvoice,
			organisation: organisation(),
			writeOptions: { idempotencyKey: '={{ $json.key }}', simplify: true },
		};
		const input = itemsOf(3, (index) => ({ reference: `K-${index}`, key: `order-${index}` }));

		const first = await xero.engine.run(xeroWorkflow({ parameters }), { input });
		const again = await xero.engine.run(xeroWorkflow({ parameters }), { input });

		const ids = (execution: typeof first) =>
			execution.itemsOf(XERO_NODE).map(({ json }) => json['InvoiceID']);
		expect(ids(again)).toEqual(ids(first));
		expect(Object.keys(first.itemsOf(XERO_NODE)[0]?.json ?? {})).toHaveLength(10);
		expect(new Set((await requests()).map(({ idempotencyKey }) => idempotencyKey))).toEqual(
			new Set(['order-0', 'order-1', 'order-2']),
		);
		expect(await xero.read('Invoices?page=1&searchTerm=K-')).toHaveLength(3);
	});
});
