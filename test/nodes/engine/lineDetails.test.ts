import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { everyScope } from '../support/everyScope';
import { itemsOf, XERO_NODE, xeroNode, xeroWorkflow } from '../support/xeroWorkflow';

const picked = (value: string, mode = 'id') => ({ __rl: true, mode, value });
const contact = picked('Ridgeway University', 'name');

describe('a line of a document', () => {
	let xero: ConnectedEngine;

	beforeAll(async () => {
		xero = await connectEngine({
			scopes: everyScope,
			app: { tier: 'advanced', bankFeeds: true },
		});
	});
	afterAll(async () => {
		await xero.close();
	});

	const run = async (parameters: INodeParameters) =>
		await xero.engine.run(xeroWorkflow({ parameters }), { input: itemsOf(1, () => ({})) });

	async function lineOf(line: INodeParameters, more: INodeParameters = {}): Promise<IDataObject> {
		const execution = await run({
			resource: 'invoice',
			operation: 'create',
			type: 'ACCREC',
			contact,
			lineItems: { line: [{ description: 'Tea', accountCode: picked('200'), ...line }] },
			...more,
		});
		expect(execution.error).toBeUndefined();
		const [item] = execution.itemsOf(XERO_NODE);
		return (item?.json['LineItems'] as IDataObject[])[0] ?? {};
	}

	const firstLine = ({ json }: { readonly json: IDataObject }) =>
		(json['LineItems'] as IDataObject[] | undefined)?.[0];

	it.each<[string, string, INodeParameters]>([
		['invoice', 'InvoiceID', { type: 'ACCPAY', contact }],
		['creditNote', 'CreditNoteID', { type: 'ACCRECCREDIT', contact }],
		['quote', 'QuoteID', { contact, additionalFields: { date: '2026-11-01' } }],
		['purchaseOrder', 'PurchaseOrderID', { contact }],
		[
			'bankTransaction',
			'BankTransactionID',
			{ type: 'SPEND', contact, bankAccount: picked('090') },
		],
		[
			'repeatingInvoice',
			'RepeatingInvoiceID',
			{ contact, period: 1, unit: 'MONTHLY', startDate: '2027-01-01', dueDate: 14 },
		],
	])('keeps four decimals, written, read and listed: %s', async (resource, idField, more) => {
		const written = await run({
			resource,
			operation: 'create',
			lineItems: {
				line: [{ description: 'Power', unitAmount: '0.1648', accountCode: picked('404') }],
			},
			...more,
		});

		expect(written.error).toBeUndefined();
		const [created] = written.itemsOf(XERO_NODE);
		const id = String(created?.json[idField]);
		const read = await run({ resource, operation: 'get', [resource]: picked(id) });
		const listed = await run({
			resource,
			operation: 'getAll',
			returnAll: true,
			simplify: false,
		});
		const found = listed.itemsOf(XERO_NODE).find(({ json }) => json[idField] === id);
		expect(
			[created, read.itemsOf(XERO_NODE)[0], found].map((item) => item && firstLine(item)),
		).toMatchObject([{ UnitAmount: 0.1648 }, { UnitAmount: 0.1648 }, { UnitAmount: 0.1648 }]);
	});

	it('takes account, tax rate, item and tracking as their lists give them', async () => {
		const node = xeroNode({ authentication: 'oAuth2', organisation: picked(xero.tenantId) });
		const pick = async (method: string, filter: string) => {
			const { results } = await xero.engine.pick(node, method, filter);
			return picked(String(results[0]?.value), 'list');
		};

		const line = await lineOf({
			accountCode: await pick('searchAccounts', 'Sales'),
			taxType: await pick('searchTaxRates', 'Zero'),
			itemCode: await pick('searchItems', ''),
			tracking1: await pick('searchTrackingOptions', 'North'),
			unitAmount: '1',
		});

		expect(line).toMatchObject({
			AccountCode: '200',
			TaxType: expect.stringMatching(/^ZERO/),
			ItemCode: expect.stringMatching(/\S/),
			Tracking: [{ Name: 'Region', Option: 'North' }],
		});
	});

	it('takes two tracking options, and says that a third is one too many', async () => {
		const [first, second] = (await xero.read('TrackingCategories')).map(({ Name, Options }) => ({
			Name: String(Name),
			Option: String((Options as IDataObject[])[0]?.['Name']),
		}));

		const both = await lineOf({
			unitAmount: '1',
			tracking1: picked(`${first?.Name}: ${first?.Option}`),
			tracking2: picked(`${second?.Name}: ${second?.Option}`),
		});
		const third = await run({
			resource: 'invoice',
			operation: 'create',
			contact,
			lineItemsMode: 'json',
			lineItemsJson: [{ tracking: ['Region: North', 'Region: South', 'Region: East'] }],
		});

		expect(both['Tracking']).toMatchObject([first, second]);
		expect(third.error?.message).toContain('Line 1: Tracking has 3 entries; Xero allows 2');
	});

	it('says that a tracking option does not exist, in the words of Xero', async () => {
		const execution = await run({
			resource: 'invoice',
			operation: 'create',
			contact,
			lineItems: { line: [{ description: 'x', tracking1: picked('Region: Nowhere') }] },
		});

		expect(execution.error?.message).toContain('tracking category or option');
	});

	it.each<[string, INodeParameters, IDataObject]>([
		[
			'a part of one',
			{ quantity: '0.0625', unitAmount: '16' },
			{ Quantity: 0.0625, LineAmount: 1 },
		],
		['a return', { quantity: '-2', unitAmount: '4.50' }, { Quantity: -2, LineAmount: -9 }],
		['a reduction', { unitAmount: '-0.01' }, { UnitAmount: -0.01, LineAmount: -0.01 }],
		['a discount in percent', { unitAmount: '80', discountRate: '12.5' }, { LineAmount: 70 }],
		[
			'a discount as an amount',
			{ unitAmount: '80', discountAmount: '0.05' },
			{ LineAmount: 79.95 },
		],
		['an amount alone', { unitAmount: '', lineAmount: '9.99' }, { LineAmount: 9.99 }],
		['tax of its own', { unitAmount: '100', taxAmount: '14.99' }, { TaxAmount: 14.99 }],
		['what an expression computes', { unitAmount: '={{ 0.1 + 0.2 }}' }, { UnitAmount: 0.3 }],
		['a number of the item', { unitAmount: '={{ 1234567.8901 }}' }, { UnitAmount: 1234567.8901 }],
	])('can be %s', async (_, line, expected) => {
		expect(await lineOf(line)).toMatchObject(expected);
	});

	it.each(['1,234.50', '1.234,50', '$5'])('is not guessed at: %s', async (unitAmount) => {
		const execution = await run({
			resource: 'invoice',
			operation: 'create',
			contact,
			lineItems: { line: [{ description: 'x', unitAmount }] },
		});

		expect(execution.error?.message).toContain(
			`Line 1: Unit Amount is not a number: ${JSON.stringify(unitAmount)}`,
		);
		expect(execution.error?.description).toContain('such as 1234.50');
	});
});
