import type { IDataObject } from 'n8n-workflow';

import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { itemsOf, XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

let xero: ConnectedEngine;
let contact: unknown;
beforeAll(async () => {
	xero = await connectEngine();
	contact = (await xero.read('Contacts?page=1'))[0]?.['ContactID'];
});
afterAll(() => xero.close());
beforeEach(() => xero.sandbox.forgetRequests());

const create = async (
	numbers: readonly string[],
	onError?: 'continueRegularOutput',
	unitAmount = '10',
) =>
	await xero.engine.run(
		xeroWorkflow({
			parameters: {
				resource: 'purchaseOrder',
				operation: 'create',
				contact: { __rl: true, mode: 'id', value: '={{ $json.contact }}' },
				lineItems: { line: [{ description: 'Paper', quantity: '1', unitAmount }] },
				additionalFields: { purchaseOrderNumber: '={{ $json.number }}' },
			},
			onError,
		}),
		{
			input: itemsOf(
				numbers.length,
				(index) => ({ contact, number: numbers[index] }) as IDataObject,
			),
		},
	);
const sent = async () =>
	(await xero.sandbox.requests())
		.filter(({ path }) => path.includes('PurchaseOrders'))
		.map(({ method, elements }) => (method === 'GET' ? method : `${method} ${elements}`));
const totalOf = async (number: string) =>
	(await xero.read(`PurchaseOrders/${number}`))[0]?.['SubTotal'];

it('looks the numbers of many orders up in one request, and writes them in batches', async () => {
	const numbers = Array.from({ length: 60 }, (_, index) => `BULK-${index}`);

	const execution = await create(numbers);

	expect(execution.error).toBeUndefined();
	expect(execution.itemsOf(XERO_NODE).map(({ json }) => json['PurchaseOrderNumber'])).toEqual(
		numbers,
	);
	expect(await sent()).toEqual(['GET', 'PUT 50', 'PUT 10']);
});

it('looks nothing up where Xero gives the numbers', async () => {
	await create(['', '']);

	expect(await sent()).toEqual(['PUT 2']);
});

it('never overwrites a live order, and creates those beside it', async () => {
	await create(['LIVE-1'], undefined, '111');

	const execution = await create(
		['LIVE-2', 'live-1', 'LIVE-3', 'LIVE-4'],
		'continueRegularOutput',
		'999',
	);

	const out = execution.itemsOf(XERO_NODE);
	expect(out.map(({ json }) => json['error'] ?? json['PurchaseOrderNumber'])).toEqual([
		'LIVE-2',
		expect.stringContaining('Purchase order LIVE-1 is there already (DRAFT'),
		'LIVE-3',
		'LIVE-4',
	]);
	expect(await totalOf('LIVE-1')).toBe(111);
});

it('does not let two items of a run share a number', async () => {
	const execution = await create(['TWIN', 'Twin'], 'continueRegularOutput');

	const out = execution.itemsOf(XERO_NODE);
	expect(out[0]?.json['PurchaseOrderNumber']).toBe('TWIN');
	expect(out[1]?.json['error']).toContain('is there already (given to row 1, item index 0)');
	expect(await sent()).toEqual(['GET', 'PUT 1']);
});

it('writes nothing whose number it could not look up', async () => {
	await xero.sandbox.setFaults({
		status: { path: 'PurchaseOrders', method: 'GET', status: 400, times: 9 },
	});

	const execution = await create(['UNSURE']);

	expect(execution.error?.itemIndex).toBe(0);
	expect(await sent()).not.toContain('PUT 1');
	await xero.sandbox.setFaults({});
});

it('takes a percentage off a line', async () => {
	const execution = await xero.engine.run(
		xeroWorkflow({
			parameters: {
				resource: 'purchaseOrder',
				operation: 'create',
				contact: { __rl: true, mode: 'id', value: '={{ $json.contact }}' },
				lineItems: {
					line: [
						{
							description: 'Brand new Fender Strats',
							quantity: '1',
							unitAmount: '2500',
							discountRate: '10',
						},
					],
				},
			},
		}),
		{ input: itemsOf(1, () => ({ contact }) as IDataObject) },
	);

	expect(execution.error).toBeUndefined();
	expect(execution.itemsOf(XERO_NODE)[0]?.json).toMatchObject({
		IsDiscounted: true,
		TotalDiscount: 250,
		SubTotal: 2250,
	});
});
