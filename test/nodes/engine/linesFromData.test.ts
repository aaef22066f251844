import type { INodeParameters } from 'n8n-workflow';

import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

describe('lines that come as data', () => {
	let xero: ConnectedEngine;

	beforeAll(async () => {
		xero = await connectEngine();
	});
	afterAll(async () => {
		await xero.close();
	});
	beforeEach(async () => {
		await xero.sandbox.forgetRequests();
	});

	const order = { lines: [{ title: 'Desk', unit_price: '99.95' }] };
	const create = async (parameters: INodeParameters) =>
		await xero.engine.run(
			xeroWorkflow({
				parameters: {
					resource: 'invoice',
					operation: 'create',
					type: 'ACCREC',
					contact: { __rl: true, mode: 'name', value: 'Ridgeway University' },
					...parameters,
				},
			}),
			{ input: [{ json: order }] },
		);
	const writes = async () =>
		(await xero.sandbox.requests()).filter(({ method }) => method !== 'GET');
	const mapped = (from: string): INodeParameters => ({
		lineItemsMode: 'mapped',
		lineItemsColumns: {
			column: [
				{ field: 'description', from: 'title' },
				{ field: 'unitAmount', from },
				{ field: 'discountRate', from: 'discount?' },
			],
		},
	});

	it('become an invoice', async () => {
		const execution = await create(mapped('unit_price'));

		expect(execution.itemsOf(XERO_NODE)).toMatchObject([
			{ json: { SubTotal: 99.95, LineItems: [{ Description: 'Desk', UnitAmount: 99.95 }] } },
		]);
	});

	it.each<[string, INodeParameters, string]>([
		[
			'a list that does not exist',
			{ ...mapped('unit_price'), lineItemsList: '={{ $json.rows }}' },
			'List of Lines is not a list: undefined',
		],
		[
			'JSON that does not exist',
			{ lineItemsMode: 'json', lineItemsJson: '={{ $json.rows }}' },
			'Line Items (JSON) is not a list: undefined',
		],
		[
			'a price under a name that no entry has',
			mapped('price'),
			'No entry has `price`; entries have: title, unit_price',
		],
		[
			'a row with a misspelt price',
			{ lineItems: { line: [{ description: 'Desk', unitAmount: '={{ $json.price }}' }] } },
			'Line 1: Unit Amount is undefined',
		],
		[
			'JSON with a misspelt price',
			{ lineItemsMode: 'json', lineItemsJson: '={{ $json.lines }}' },
			'Line 1 has "title", which is no member of a line here',
		],
	])('make no invoice of %s', async (_, parameters, message) => {
		const execution = await create(parameters);

		expect(execution.error?.message).toContain(message);
		expect(await writes()).toEqual([]);
	});
});
