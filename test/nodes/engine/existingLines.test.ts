import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { everyScope } from '../support/everyScope';
import { itemsOf, XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

const picked = (value: string, mode = 'id') => ({ __rl: true, mode, value });
const contact = picked('Ridgeway University', 'name');

/** A document of 270.25: A is 10 of 20, B is 5 of 7, with 15 % of tax on both. */
interface Kind {
	readonly resource: string;
	readonly idField: string;
	/** The account of its lines. */
	readonly account: string;
	readonly create: INodeParameters;
	/** What else Xero takes on line B, and what it then comes to. */
	readonly extras: INodeParameters;
}

const tracked = { tracking1: picked('Region: North'), taxAmount: '5.20' };
const kinds: Record<string, Kind> = {
	invoice: {
		resource: 'invoice',
		idField: 'InvoiceID',
		account: '200',
		create: { type: 'ACCREC', contact },
		extras: { ...tracked, itemCode: picked('BOOK'), discountRate: '12.5' },
	},
	bill: {
		resource: 'invoice',
		idField: 'InvoiceID',
		account: '453',
		create: { type: 'ACCPAY', contact },
		extras: tracked,
	},
	'credit note': {
		resource: 'creditNote',
		idField: 'CreditNoteID',
		account: '200',
		create: { type: 'ACCRECCREDIT', contact },
		extras: tracked,
	},
	'bank transaction': {
		resource: 'bankTransaction',
		idField: 'BankTransactionID',
		account: '453',
		create: { type: 'SPEND', contact, bankAccount: picked('090') },
		// Xero takes no tax but its own there: 15 % of 35.62 (xero-node#768).
		extras: { ...tracked, taxAmount: '5.34' },
	},
	'purchase order': {
		resource: 'purchaseOrder',
		idField: 'PurchaseOrderID',
		account: '453',
		create: { contact },
		extras: { ...tracked, discountRate: '12.5' },
	},
	quote: {
		resource: 'quote',
		idField: 'QuoteID',
		account: '200',
		create: { contact, additionalFields: { date: '2026-11-01' } },
		extras: { ...tracked, discountAmount: '0.05' },
	},
};
const names = Object.keys(kinds);
const kindOf = (name: string) => kinds[name] as Kind;

describe('lines that a document has', () => {
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

	const run = async (
		parameters: INodeParameters,
		input: INodeExecutionData[] = itemsOf(1, () => ({})),
	) => await xero.engine.run(xeroWorkflow({ parameters }), { input });

	async function create(
		{ resource, account, create: more }: Kind,
		extras: INodeParameters = {},
	): Promise<IDataObject> {
		const row = (description: string, quantity: string, unitAmount: string) => ({
			...{ description, quantity, unitAmount, accountCode: picked(account) },
		});
		const execution = await run({
			resource,
			operation: 'create',
			lineItems: { line: [row('A', '10', '20'), { ...row('B', '5', '7'), ...extras }] },
			...more,
		});
		expect(execution.error).toBeUndefined();
		return execution.itemsOf(XERO_NODE)[0]?.json ?? {};
	}

	const change = async (
		{ resource, idField }: Kind,
		document: IDataObject,
		parameters: INodeParameters,
		input?: INodeExecutionData[],
	) =>
		await run(
			{
				resource,
				operation: 'update',
				[resource]: picked(String(document[idField])),
				...parameters,
			},
			input,
		);
	const changed = async (...asked: Parameters<typeof change>): Promise<IDataObject> => {
		const execution = await change(...asked);
		expect(execution.error).toBeUndefined();
		return execution.itemsOf(XERO_NODE)[0]?.json ?? {};
	};
	const linesOf = (document: IDataObject) => document['LineItems'] as IDataObject[];
	/** Xero puts new lines before those that are there. */
	const inOrder = (lines: readonly IDataObject[]) =>
		[...lines].sort((a, b) => String(a['Description']).localeCompare(String(b['Description'])));
	const idsOf = (document: IDataObject) =>
		linesOf(document).map(({ LineItemID }) => String(LineItemID));
	const inRows = (...line: INodeParameters[]): INodeParameters => ({
		lineItemsMode: 'rows',
		lineItems: { line },
	});
	const asJson = (...lines: object[]): INodeParameters => ({
		lineItemsMode: 'json',
		lineItemsJson: JSON.stringify(lines),
	});

	const modes: Record<string, (id: string) => [INodeParameters, INodeExecutionData[]?]> = {
		rows: (id) => [inRows({ lineItemId: id, description: 'A, changed' })],
		JSON: (id) => [asJson({ LineItemID: id, Description: 'A, changed' })],
		'input items': (id) => [
			{
				lineItemsMode: 'items',
				lineItems: {
					line: [{ lineItemId: '={{ $json.line }}', description: '={{ $json.what }}' }],
				},
			},
			[{ json: { line: id, what: 'A, changed' } }],
		],
		'a mapped list': (id) => [
			{
				lineItemsMode: 'mapped',
				lineItemsColumns: {
					column: [
						{ field: 'lineItemId', from: 'line' },
						{ field: 'description', from: 'what' },
					],
				},
			},
			[{ json: { lines: [{ line: id, what: 'A, changed' }] } }],
		],
	};
	const cases = names.flatMap((name) => Object.keys(modes).map((mode) => [name, mode] as const));

	it.each(cases)('stay where one of them is named: %s, in %s', async (name, mode) => {
		const document = await create(kindOf(name));
		const [first] = idsOf(document);

		const [parameters, input] = modes[mode]?.(String(first)) ?? [{}];

		const updated = await changed(kindOf(name), document, parameters, input);

		expect(document).toMatchObject({ Total: 270.25 });
		expect(updated).toMatchObject({ Total: 270.25 });
		expect(linesOf(updated)).toMatchObject([
			{ Description: 'A, changed', Quantity: 10, UnitAmount: 20, LineItemID: first },
			{ Description: 'B', Quantity: 5, UnitAmount: 7 },
		]);
		expect(idsOf(updated)).toEqual(idsOf(document));
	});

	it.each(names)('keep all that they say, and four decimals: %s', async (name) => {
		const kind = kindOf(name);
		const document = await create(kind, { ...kind.extras, unitAmount: '7.1234' });
		const [first, second] = linesOf(document);

		const updated = await changed(
			kind,
			document,
			inRows({ lineItemId: String(first?.['LineItemID']), quantity: '11' }),
		);

		const [, kept] = linesOf(updated);
		expect(second).toMatchObject({
			UnitAmount: 7.1234,
			TaxAmount: Number(kind.extras['taxAmount']),
			Tracking: [{}],
		});
		expect(kept).toEqual(second);
		expect(Number(updated['Total'])).toBeCloseTo(Number(document['Total']) + 23, 2);
	});

	it.each(names)('get a new line beside them: %s', async (name) => {
		const kind = kindOf(name);
		const document = await create(kind);

		const updated = await changed(
			kind,
			document,
			inRows({ description: 'C', unitAmount: '1', accountCode: picked(kind.account) }),
		);

		expect(updated).toMatchObject({ Total: 271.4 });
		expect(inOrder(linesOf(updated))).toMatchObject([
			{ Description: 'A' },
			{ Description: 'B' },
			{ Description: 'C', Quantity: 1 },
		]);
	});

	it.each(names)('are replaced where that is wished: %s', async (name) => {
		const kind = kindOf(name);
		const document = await create(kind);
		const [, second] = idsOf(document);

		const updated = await changed(kind, document, {
			...inRows({ lineItemId: String(second), description: 'B', quantity: '2', unitAmount: '7' }),
			existingLines: 'replace',
		});

		expect(updated).toMatchObject({ Total: 16.1 });
		expect(idsOf(updated)).toEqual([second]);
	});

	describe('of an invoice', () => {
		const invoice = kindOf('invoice');

		it('are refused under an ID that it does not have, and nothing is sent', async () => {
			const document = await create(invoice);
			await xero.sandbox.forgetRequests();
			const foreign = '11111111-2222-4333-8444-555555555555';

			const execution = await change(
				invoice,
				document,
				asJson({ Description: 'New' }, { LineItemID: foreign, Description: 'Whose?' }),
			);

			expect(execution.error?.message).toContain(
				`Line 2: this invoice has no line with the Line Item ID ${foreign}`,
			);
			expect((await xero.sandbox.requests()).map(({ method }) => method)).not.toContain('POST');
		});

		it('are refused twice in one change, and the items are named', async () => {
			const document = await create(invoice);
			const [line] = idsOf(document);
			const [parameters] = modes['input items']?.(String(line)) ?? [{}];

			const execution = await change(invoice, document, parameters, [
				{ json: { line, what: 'One' } },
				{ json: { line, what: 'Other' } },
			]);

			expect(execution.error?.message).toContain(
				`Line 2 (row 2, item index 1) has the Line Item ID of Line 1 (row 1, item index 0): ${String(line)}`,
			);
		});

		it('say what to give instead of a line amount, or of the other kind of discount', async () => {
			const document = await create(invoice, { discountRate: '10', taxAmount: '5.20' });
			const [, second] = idsOf(document);
			await xero.sandbox.forgetRequests();
			const refused = async (line: object) =>
				(await change(invoice, document, asJson({ LineItemID: second, ...line }))).error;

			expect(await refused({ LineAmount: '50' })).toMatchObject({
				message: expect.stringContaining('Line 1: the Line Amount of an existing line'),
				description: expect.stringContaining('Give the Unit Amount instead'),
			});
			expect(await refused({ DiscountAmount: '5' })).toMatchObject({
				message: expect.stringContaining('Line 1: a line has either a Discount %'),
				description: expect.stringContaining('use Replace All'),
			});
			expect((await xero.sandbox.requests()).map(({ method }) => method)).not.toContain('POST');
		});

		it('have their tax computed again where their price changes', async () => {
			const document = await create(invoice, { taxAmount: '9.99' });
			const [, second] = idsOf(document);

			const updated = await changed(invoice, document, asJson({ LineItemID: second, quantity: 6 }));

			expect(linesOf(document)[1]).toMatchObject({ TaxAmount: 9.99 });
			expect(linesOf(updated)[1]).toMatchObject({ Quantity: 6, LineAmount: 42, TaxAmount: 6.3 });
		});

		it('are taxed as their account says where they move to it', async () => {
			const document = await create(invoice, { taxType: picked('NONE') });
			const [, second] = idsOf(document);
			const move = async (line: object) =>
				linesOf(await changed(invoice, document, asJson({ LineItemID: second, ...line })))[1];

			expect(await move({ AccountCode: '200' })).toMatchObject({ TaxType: 'NONE' });
			expect(await move({ AccountCode: '260' })).toMatchObject({ TaxType: 'OUTPUT2' });
		});

		it('keep the tracking of the other category', async () => {
			const [one, other] = (await xero.read('TrackingCategories')).map(({ Name, Options }) => {
				const options = (Options as IDataObject[]).map((option) => String(option['Name']));
				return options.map((option) => `${String(Name)}: ${option}`);
			});
			const document = await create(invoice, {
				tracking1: picked(String(one?.[0])),
				tracking2: picked(String(other?.[0])),
			});
			const [, second] = idsOf(document);

			const updated = await changed(
				invoice,
				document,
				asJson({ LineItemID: second, Tracking: one?.[1] }),
			);

			const tracking = linesOf(updated)[1]?.['Tracking'] as IDataObject[];
			expect(tracking.map(({ Name, Option }) => `${String(Name)}: ${String(Option)}`)).toEqual(
				expect.arrayContaining([one?.[1], other?.[0]]),
			);
			expect(tracking).toHaveLength(2);
		});
	});

	it.each([
		[
			'invoice',
			50,
			[
				['GET', null],
				['GET', null],
				['POST', 50],
			],
		],
		[
			'credit note',
			40,
			[
				['GET', null],
				['GET', null],
				['POST', 40],
			],
		],
	])('are read together: %s', async (name, count, expected) => {
		const kind = kindOf(name);
		const { resource, idField } = kind;
		const created = await run(
			{
				resource,
				operation: 'create',
				lineItems: { line: [{ description: 'A', quantity: '2', unitAmount: '3' }] },
				...kind.create,
			},
			itemsOf(count, () => ({})),
		);
		const documents = created.itemsOf(XERO_NODE).map(({ json }) => json);
		await xero.sandbox.forgetRequests();

		const execution = await run(
			{
				resource,
				operation: 'update',
				[resource]: picked('={{ $json.id }}'),
				...inRows({ lineItemId: '={{ $json.line }}', description: 'Changed' }),
			},
			documents.map((document) => ({
				json: { id: document[idField], line: idsOf(document)[0] },
			})),
		);

		expect(execution.error).toBeUndefined();
		const updated = execution.itemsOf(XERO_NODE).map(({ json }) => linesOf(json));
		expect(updated).toHaveLength(count);
		for (const lines of updated) {
			expect(lines).toMatchObject([{ Description: 'Changed', Quantity: 2, UnitAmount: 3 }]);
		}
		const requests = (await xero.sandbox.requests()).filter(({ path }) => path !== '/connections');
		expect(requests.map(({ method, elements }) => [method, elements])).toEqual(expected);
	});
});
