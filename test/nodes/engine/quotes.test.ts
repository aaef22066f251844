import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ledgerOfSandbox, type Ledger } from '../operations/ledgerOfSandbox';
import { picked } from '../operations/OperationCases';
import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { everyScope } from '../support/everyScope';
import { itemsOf, XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

let xero: ConnectedEngine;
let ledger: Ledger;
beforeAll(async () => {
	xero = await connectEngine({ scopes: everyScope, app: { tier: 'advanced', bankFeeds: true } });
	ledger = ledgerOfSandbox(xero);
});
afterAll(() => xero.close());
beforeEach(() => xero.sandbox.forgetRequests());

const contact = picked('Ridgeway University', 'name');
const work = { description: 'Work', unitAmount: '100' };
const run = async (
	parameters: INodeParameters,
	count = 1,
	json: (index: number) => IDataObject = () => ({}),
) =>
	await xero.engine.run(xeroWorkflow({ parameters: { resource: 'quote', ...parameters } }), {
		input: itemsOf(count, json),
	});
const create = async (line: INodeParameters, more: INodeParameters = {}, count = 1) =>
	await run(
		{ operation: 'create', contact, lineItems: { line: [{ ...work, ...line }] }, ...more },
		count,
	);
const quoteOf = (execution: Awaited<ReturnType<typeof run>>): IDataObject => {
	expect(execution.error).toBeUndefined();
	return execution.itemsOf(XERO_NODE)[0]?.json ?? {};
};
const sent = async () =>
	(await xero.sandbox.requests())
		.filter(({ path }) => path !== '/connections')
		.map(({ method, path }) => `${method} ${path.replace('/api.xro/2.0/', '')}`);

describe('a line without tax rate', () => {
	it.each<[string, INodeParameters, string | undefined, number]>([
		['its account', { accountCode: picked('200') }, 'OUTPUT2', 15],
		['its item', { itemCode: picked('BOOK') }, 'OUTPUT2', 15],
		['neither: it has none', {}, undefined, 0],
		['itself', { accountCode: picked('200'), taxType: picked('NONE') }, 'NONE', 0],
	])('is taxed by %s', async (_what, line, taxType, tax) => {
		const quote = quoteOf(await create(line));

		expect((quote['LineItems'] as IDataObject[])[0]?.['TaxType']).toBe(taxType);
		expect(quote['TotalTax']).toBe(tax);
	});

	it('of a quote without tax stays untaxed', async () => {
		const quote = quoteOf(
			await create(
				{ accountCode: picked('200') },
				{ additionalFields: { lineAmountTypes: 'NOTAX' } },
			),
		);

		expect(quote).toMatchObject({ TotalTax: 0, Total: 100 });
		expect((quote['LineItems'] as IDataObject[])[0]).not.toHaveProperty('TaxType');
	});

	it('is looked up once, however many quotes there are', async () => {
		await create({ accountCode: picked('200'), itemCode: picked('BOOK') }, {}, 60);

		expect(await sent()).toEqual(['GET Accounts', 'GET Items', 'PUT Quotes', 'PUT Quotes']);
	});

	it('keeps the tax that it has when the quote is changed, unless it moves', async () => {
		const made = quoteOf(await create({ accountCode: picked('200'), taxType: picked('NONE') }));
		const [{ LineItemID: lineItemId }] = made['LineItems'] as [IDataObject];
		const update = async (line: INodeParameters) =>
			quoteOf(
				await run({
					operation: 'update',
					quote: picked(String(made['QuoteID'])),
					lineItemsMode: 'rows',
					lineItems: { line: [{ ...work, lineItemId: String(lineItemId), ...line }] },
				}),
			);

		expect((await update({ unitAmount: '200' }))['TotalTax']).toBe(0);
		expect((await update({ unitAmount: '200', accountCode: picked('260') }))['TotalTax']).toBe(30);
	});

	it('says how to do without the look-up where the connection may not look', async () => {
		const narrow = await connectEngine({
			scopes: ['offline_access', 'accounting.invoices', 'accounting.contacts'],
		});

		const execution = await narrow.engine.run(
			xeroWorkflow({
				parameters: {
					resource: 'quote',
					operation: 'create',
					contact,
					lineItems: { line: [{ ...work, accountCode: picked('200') }] },
				},
			}),
			{ input: itemsOf(1, () => ({})) },
		);

		expect(execution.error?.message).toContain('accounting.settings');
		expect(execution.error?.description).toContain('give each line both');
		await narrow.close();
	});
});

it('reads nothing where lines bring tax and tracking along', async () => {
	await create({ accountCode: picked('200'), taxType: picked('OUTPUT2') });

	expect(await sent()).toEqual(['PUT Quotes']);
});

describe('tracking', () => {
	it.each(['Region: North', 'region:north'])('is found by name: %s', async (tracking1) => {
		const quote = quoteOf(await create({ tracking1: picked(tracking1), taxType: picked('NONE') }));

		expect((quote['LineItems'] as IDataObject[])[0]?.['Tracking']).toMatchObject([
			{ Name: 'Region', Option: 'North' },
		]);
	});

	it('goes by its ids where they are given, also in JSON', async () => {
		const [category] = await ledger.get('TrackingCategories');
		const [option] = category?.['Options'] as IDataObject[];
		const Tracking = [
			{
				TrackingCategoryID: category?.['TrackingCategoryID'],
				TrackingOptionID: option?.['TrackingOptionID'],
			},
		];
		await xero.sandbox.forgetRequests();

		const quote = quoteOf(
			await run({
				operation: 'create',
				contact,
				lineItemsMode: 'json',
				lineItemsJson: JSON.stringify([{ Description: 'Work', TaxType: 'NONE', Tracking }]),
			}),
		);

		expect((quote['LineItems'] as IDataObject[])[0]?.['Tracking']).toMatchObject(Tracking);
		expect(await sent()).toEqual(['PUT Quotes']);
	});

	it('that does not exist is refused with those that do, and nothing is sent', async () => {
		const execution = await create({ tracking1: picked('Region: Atlantis') });

		expect(execution.error?.message).toContain(
			'Line 1: Xero has no tracking option "Region: Atlantis"',
		);
		expect(execution.error?.description).toContain('Region: North');
		expect(await sent()).toEqual(['GET TrackingCategories']);
	});
});

it('is dated today where no day is given', async () => {
	const { now } = await xero.sandbox.state();

	const quote = quoteOf(await create({}));

	expect(String(quote['Date'])).toMatch(/^\d{4}-\d\d-\d\d/);
	expect(Math.abs(Date.parse(String(quote['Date'])) - Date.parse(now))).toBeLessThan(172_800_000);
});

describe('a quote that was answered', () => {
	const answered = async (): Promise<IDataObject> => {
		const made = quoteOf(await create({ accountCode: picked('200') }));
		for (const status of ['SENT', 'ACCEPTED']) {
			quoteOf(
				await run({
					operation: 'changeStatus',
					quote: picked(String(made['QuoteID'])),
					status,
				}),
			);
		}
		return made;
	};
	const update = async (quote: IDataObject, updateFields: INodeParameters) =>
		await run({ operation: 'update', quote: picked(String(quote['QuoteID'])), updateFields });

	it('is not changed, and says what to do', async () => {
		const execution = await update(await answered(), { title: 'Web shop' });

		expect(execution.error?.message).toMatch(
			/^Quote QU-\d+ is ACCEPTED, and only its contact can be changed: not Title/,
		);
		expect(execution.error?.description).toContain('Change its status to Sent first');
	});

	it('gets another contact', async () => {
		const quote = quoteOf(
			await update(await answered(), { contact: picked('Melrose Parking', 'name') }),
		);

		expect(quote).toMatchObject({ Contact: { Name: 'Melrose Parking' }, Total: 115 });
	});
});
