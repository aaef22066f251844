import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { everyScope } from '../support/everyScope';
import { itemsOf, XERO_NODE, xeroWorkflow, type XeroNodeWish } from '../support/xeroWorkflow';

const picked = (value: string, mode = 'id') => ({ __rl: true, mode, value });

/** One row that each item fills in. */
const oneRow: INodeParameters = {
	lineItemsMode: 'items',
	lineItems: {
		line: [
			{
				description: '={{ $json.what }}',
				quantity: '={{ $json.quantity ?? "1" }}',
				unitAmount: '={{ $json.price }}',
				accountCode: picked('={{ $json.account ?? "200" }}'),
			},
		],
	},
};

const perNumber: INodeParameters = {
	...oneRow,
	resource: 'invoice',
	operation: 'create',
	type: 'ACCREC',
	contact: picked('={{ $json.customer }}', 'name'),
	lineItemsGroup: '={{ $json.order }}',
	additionalFields: {
		date: '2026-11-01',
		dueDate: '2026-11-30',
		status: 'AUTHORISED',
		reference: '={{ $json.order }}',
	},
};

const row = (order: string, what: string, more: IDataObject = {}): INodeExecutionData => ({
	json: { order, what, price: '10.5', customer: `Customer of ${order}`, ...more },
});

describe('lines that are input items', () => {
	let xero: ConnectedEngine;

	beforeAll(async () => {
		xero = await connectEngine({
			scopes: everyScope,
			app: { tier: 'advanced', bankFeeds: true },
		});
	});
	beforeEach(async () => {
		await xero.sandbox.forgetRequests();
	});
	afterAll(async () => {
		await xero.close();
	});

	const run = async (
		parameters: INodeParameters,
		input: INodeExecutionData[],
		onError?: XeroNodeWish['onError'],
	) => await xero.engine.run(xeroWorkflow({ parameters, onError }), { input });
	const writes = async () =>
		(await xero.sandbox.requests()).filter(({ method }) => method === 'PUT' || method === 'POST');
	const linesOf = ({ json }: INodeExecutionData, member = 'LineItems') =>
		(json[member] as IDataObject[]).map(({ Description }) => Description);

	it('make one invoice of the rows with one number, in order of first appearance', async () => {
		const execution = await run(perNumber, [
			row('B', 'Tea'),
			row('A', 'Ink'),
			row('B', 'Milk', { quantity: '0.25' }),
			row('C', 'Rope'),
			row('B', 'Refund', { quantity: '-1' }),
		]);

		expect(execution.error).toBeUndefined();
		const items = execution.itemsOf(XERO_NODE);
		expect(items.map(({ json }) => json['Reference'])).toEqual(['B', 'A', 'C']);
		expect(items.map((item) => linesOf(item))).toEqual([
			['Tea', 'Milk', 'Refund'],
			['Ink'],
			['Rope'],
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			[{ item: 0 }, { item: 2 }, { item: 4 }],
			{ item: 1 },
			{ item: 3 },
		]);
		expect(await writes()).toMatchObject([{ method: 'PUT', elements: 3 }]);
	});

	it('travel fifty documents in a request, however many rows they have', async () => {
		const input = itemsOf(360, (index) => ({
			...row(`N-${Math.floor(index / 3)}`, `Row ${index}`).json,
			customer: 'Ridgeway University',
		}));

		const execution = await run(perNumber, input);

		const items = execution.itemsOf(XERO_NODE);
		expect(items).toHaveLength(120);
		expect(items.flatMap((item) => linesOf(item))).toEqual(input.map(({ json }) => json['what']));
		const requests = await writes();
		expect(requests.map(({ elements }) => elements)).toEqual([50, 50, 20]);
		expect(new Set(requests.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(3);
	});

	it('take what only one of them says of the document', async () => {
		const execution = await run(perNumber, [
			row('D', 'First', { customer: '' }),
			row('D', 'Second', { customer: 'Ridgeway University' }),
			row('D', 'Third', { customer: '' }),
		]);

		expect(execution.itemsOf(XERO_NODE)).toMatchObject([
			{ json: { Contact: { Name: 'Ridgeway University' }, LineItems: [{}, {}, {}] } },
		]);
	});

	it('are not sent where they disagree on the contact: both rows are named', async () => {
		const execution = await run(perNumber, [
			row('E', 'First'),
			row('F', 'Between'),
			row('E', 'Second', { customer: 'Somebody else' }),
		]);

		expect(execution.error).toMatchObject({
			itemIndex: 0,
			message:
				'Rows 1 and 3, item indexes 0 and 2, are lines of one document, but do not agree on Contact: "Customer of E" and "Somebody else" [rows 1 and 3, item indexes 0 and 2]',
			description: expect.stringContaining('0 of 2 documents are already saved'),
		});
		expect(await writes()).toEqual([]);
	});

	it('say by its name in the editor on which further field they disagree', async () => {
		const parameters = { ...perNumber, additionalFields: { reference: '={{ $json.note }}' } };

		const execution = await run(parameters, [
			row('G', 'First', { note: 'one' }),
			row('G', 'Second', { note: 'two' }),
		]);

		expect(execution.error?.message).toContain('do not agree on Reference: "one" and "two"');
	});

	it('are all told when Xero refuses one of them, and the documents beside them stand', async () => {
		const execution = await run(
			perNumber,
			[
				row('H', 'Good'),
				row('I', 'Good too'),
				row('I', 'Bad', { account: '999' }),
				row('H', 'Good'),
			],
			'continueRegularOutput',
		);

		const items = execution.itemsOf(XERO_NODE);
		const refusal = expect.stringContaining("Account code '999' is not a valid code");
		expect(items).toMatchObject([
			{ json: { Reference: 'H', LineItems: [{}, {}] }, pairedItem: [{ item: 0 }, { item: 3 }] },
			{ json: { error: refusal }, pairedItem: { item: 1 } },
			{ json: { error: refusal }, pairedItem: { item: 2 } },
		]);
	});

	it('come out of the error output each with its own input', async () => {
		const execution = await run(
			perNumber,
			[row('J', 'Good'), row('K', 'Fine alone'), row('K', 'Bad', { price: '1,200.00' })],
			'continueErrorOutput',
		);

		expect(execution.itemsOf(XERO_NODE, 0)).toHaveLength(1);
		const error = expect.stringContaining(
			'Line 2 (row 3, item index 2): Unit Amount is not a number: "1,200.00"',
		);
		expect(execution.itemsOf(XERO_NODE, 1)).toMatchObject([
			{ json: { what: 'Fine alone', error } },
			{ json: { what: 'Bad', error } },
		]);
	});

	it('stop the run with the number of documents that are saved', async () => {
		const input = itemsOf(120, (index) => ({
			...row(`S-${Math.floor(index / 2)}`, `Row ${index}`).json,
			customer: 'Ridgeway University',
			...(index === 21 ? { account: '999' } : {}),
		}));

		const execution = await run(perNumber, input);

		expect(execution.error).toMatchObject({
			itemIndex: 20,
			message: expect.stringMatching(
				/Account code '999' .* \[rows 21 and 22, item indexes 20 and 21\]$/,
			),
			description: expect.stringContaining(
				'49 of 60 documents are already saved in Xero. 10 were not sent.',
			),
		});
		expect(await writes()).toHaveLength(1);
	});

	it('are refused one by one where they do not say to which document they belong', async () => {
		const execution = await run(
			perNumber,
			[row('L', 'Good'), row('', 'Lost'), row('L', 'Good')],
			'continueRegularOutput',
		);

		expect(execution.itemsOf(XERO_NODE)).toMatchObject([
			{ json: { Reference: 'L', LineItems: [{}, {}] } },
			{ json: { error: 'Group Items By is empty' }, pairedItem: { item: 1 } },
		]);
	});

	it('agree on a day, whatever time one of them gives behind it', async () => {
		const execution = await run({ ...perNumber, additionalFields: { date: '={{ $json.day }}' } }, [
			row('DAY', 'One', { day: '2026-11-01' }),
			row('DAY', 'Two', { day: '2026-11-01T10:00:00' }),
		]);

		expect(execution.itemsOf(XERO_NODE)).toMatchObject([
			{ json: { Date: '2026-11-01', LineItems: [{}, {}] } },
		]);
	});

	it('skip the empty rows of a spreadsheet, and name an item whose price is not there', async () => {
		const line = { description: '={{ $json.what }}', unitAmount: '={{ $json.price }}' };
		const parameters = { ...perNumber, lineItems: { line: [line] }, additionalFields: {} };
		const rows = [row('GAP', ''), row('GAP', 'Tea'), row('GAP', 'Ink')];
		const input = rows.map(({ json }, index) => ({
			json: index === 0 ? { ...json, price: '' } : json,
		}));

		const skipped = await run(parameters, input);
		const misspelt = await run(
			parameters,
			input.map(({ json }, index) => (index === 2 ? { json: { ...json, price: null } } : { json })),
		);

		expect(skipped.error).toBeUndefined();
		expect(skipped.itemsOf(XERO_NODE).map((item) => linesOf(item))).toEqual([['Tea', 'Ink']]);
		expect(misspelt.error?.message).toContain('Line 2 (row 3, item index 2): Unit Amount is null');
	});

	it('are refused where none of them has anything to say', async () => {
		const parameters = {
			...perNumber,
			lineItems: { line: [{ description: '={{ $json.what }}' }] },
		};

		const execution = await run(parameters, [row('VOID', '')]);

		expect(execution.error?.message).toContain('None of these items fills in a line');
	});

	it('ask for a row where none is there to fill in', async () => {
		const execution = await run({ ...perNumber, lineItems: {} }, [row('M', 'x'), row('M', 'y')]);

		expect(execution.error?.message).toContain('Line Items has no row to fill in');
	});

	it('leave one document when the connection drops after Xero has saved it', async () => {
		await xero.sandbox.setFaults({ dropAfterCommit: { path: '/Invoices', times: 1 } });

		const execution = await run(perNumber, [row('ONCE', 'First'), row('ONCE', 'Second')]);

		expect(execution.itemsOf(XERO_NODE)).toHaveLength(1);
		expect(await xero.read('Invoices?page=1&where=Reference=="ONCE"')).toHaveLength(1);
		const requests = await writes();
		expect(requests.map(({ dropped }) => dropped)).toEqual([true, false]);
		expect(new Set(requests.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
	});

	it('have one idempotency key of their own for each document', async () => {
		const keyed = { ...perNumber, writeOptions: { idempotencyKey: '={{ $json.key }}' } };

		const execution = await run(keyed, [
			row('P', 'First', { key: 'own-p' }),
			row('Q', 'Alone', { key: 'own-q' }),
			row('P', 'Second', { key: '' }),
		]);

		expect(execution.itemsOf(XERO_NODE)).toHaveLength(2);
		expect((await writes()).map(({ idempotencyKey }) => idempotencyKey).sort()).toEqual([
			'own-p',
			'own-q',
		]);
	});

	const contact = picked('Ridgeway University', 'name');
	const sheet = [row('1', 'One'), row('2', 'Two'), row('1', 'Three')];

	it.each<[string, INodeParameters]>([
		['creditNote', { type: 'ACCRECCREDIT', contact }],
		['quote', { contact, additionalFields: { date: '2026-11-01' } }],
		['purchaseOrder', { contact, additionalFields: { reference: '={{ $json.order }}' } }],
		['bankTransaction', { type: 'SPEND', contact, bankAccount: picked('090') }],
		[
			'repeatingInvoice',
			{ contact, period: 1, unit: 'MONTHLY', startDate: '2027-01-01', dueDate: 14 },
		],
	])('make documents of the resource %s', async (resource, more) => {
		const execution = await run(
			{
				resource,
				operation: 'create',
				...oneRow,
				lineItemsGroup: '={{ $json.order }}',
				...more,
			},
			sheet,
		);

		expect(execution.error).toBeUndefined();
		expect(execution.itemsOf(XERO_NODE).map((item) => linesOf(item))).toEqual([
			['One', 'Three'],
			['Two'],
		]);
	});

	it('make a manual journal that is checked as a whole', async () => {
		const journal: INodeParameters = {
			resource: 'manualJournal',
			operation: 'create',
			narration: '={{ $json.order }}',
			lineItemsMode: 'items',
			lineItemsGroup: '={{ $json.order }}',
			lineItems: {
				line: [
					{
						description: '={{ $json.what }}',
						lineAmount: '={{ $json.price }}',
						accountCode: picked('={{ $json.account }}'),
					},
				],
			},
		};
		const entries = [
			row('March', 'Rent', { price: '100.10', account: '453' }),
			row('April', 'Rent', { price: '100.10', account: '453' }),
			row('March', 'Accrued', { price: '-100.10', account: '880' }),
			row('April', 'Accrued', { price: '-100.01', account: '880' }),
		];

		const execution = await run(journal, entries, 'continueRegularOutput');

		const [march, ...april] = execution.itemsOf(XERO_NODE);
		expect(march && linesOf(march, 'JournalLines')).toEqual(['Rent', 'Accrued']);
		const error = expect.stringContaining('must equal total credits (-100.01)');
		expect(april).toMatchObject([
			{ json: { error }, pairedItem: { item: 1 } },
			{ json: { error }, pairedItem: { item: 3 } },
		]);
	});

	it('refuse a purchase order whose number two groups want', async () => {
		const execution = await run(
			{
				resource: 'purchaseOrder',
				operation: 'create',
				contact,
				...oneRow,
				lineItemsGroup: '={{ $json.order }}',
				additionalFields: { purchaseOrderNumber: 'PO-SAME' },
			},
			[row('1', 'One'), row('1', 'Two'), row('2', 'Three')],
			'continueRegularOutput',
		);

		expect(execution.itemsOf(XERO_NODE)).toMatchObject([
			{ json: { PurchaseOrderNumber: 'PO-SAME' } },
			{
				json: { error: expect.stringContaining('given to row 1, item index 0') },
				pairedItem: { item: 2 },
			},
		]);
	});

	describe('for invoices that are there', () => {
		const create = async (reference: string) => {
			const execution = await run(perNumber, [
				row(reference, 'Before 1', { customer: 'Ridgeway University' }),
				row(reference, 'Before 2', { customer: 'Ridgeway University' }),
			]);
			return execution.itemsOf(XERO_NODE)[0]?.json as IDataObject;
		};

		it('are added to their lines, in one change for each invoice', async () => {
			const [first, second] = [await create('ADD-1'), await create('ADD-2')];
			await xero.sandbox.forgetRequests();
			const to = (invoice: IDataObject, what: string, id = String(invoice['InvoiceID'])) => ({
				json: { id, what, price: '1' },
			});

			const execution = await run(
				{
					resource: 'invoice',
					operation: 'addLines',
					invoice: picked('={{ $json.id }}'),
					...oneRow,
				},
				[
					to(first, 'New 1'),
					to(second, 'Other'),
					to(first, 'New 2', String(first['InvoiceID']).toUpperCase()),
				],
			);

			expect(execution.error).toBeUndefined();
			// Xero puts new lines before those that are there.
			expect(execution.itemsOf(XERO_NODE).map((item) => linesOf(item).sort())).toEqual([
				['Before 1', 'Before 2', 'New 1', 'New 2'],
				['Before 1', 'Before 2', 'Other'],
			]);
			expect(await writes()).toMatchObject([{ method: 'POST', elements: 2 }]);
		});

		it('replace the lines that are there, but those whose Line Item ID they give', async () => {
			const invoice = await create('UPDATE');
			const [kept, gone] = (invoice['LineItems'] as IDataObject[]).map(
				(line) => line['LineItemID'],
			);
			const { line } = oneRow['lineItems'] as { line: INodeParameters[] };

			const execution = await run(
				{
					resource: 'invoice',
					operation: 'update',
					invoice: picked(String(invoice['InvoiceID'])),
					...oneRow,
					lineItems: { line: [{ ...line[0], lineItemId: '={{ $json.line }}' }] },
					existingLines: 'replace',
				},
				[row('x', 'Changed', { line: kept }), row('x', 'New')],
			);

			const [updated] = execution.itemsOf(XERO_NODE);
			const lines = updated?.json['LineItems'] as IDataObject[];
			expect(lines).toHaveLength(2);
			expect(lines).toEqual(
				expect.arrayContaining([
					expect.objectContaining({ Description: 'Changed', LineItemID: kept }),
					expect.objectContaining({ Description: 'New' }),
				]),
			);
			expect(lines.map(({ LineItemID }) => LineItemID)).not.toContain(gone);
		});

		const upsert: INodeParameters = {
			...oneRow,
			resource: 'invoice',
			operation: 'upsert',
			matchBy: 'invoiceNumber',
			matchValue: '={{ $json.order }}',
			type: 'ACCREC',
			contact,
		};

		it('are created the first time and replaced the second, by invoice number', async () => {
			const sent = [row('UP-1', 'One'), row('UP-2', 'Two'), row('UP-1', 'Three')];

			const first = await run(upsert, sent);
			const second = await run(upsert, [...sent, row('UP-2', 'Four')]);

			const [created, updated] = [first, second].map((execution) => execution.itemsOf(XERO_NODE));
			expect(updated?.map(({ json }) => json['InvoiceID'])).toEqual(
				created?.map(({ json }) => json['InvoiceID']),
			);
			expect(updated?.map((item) => linesOf(item))).toEqual([
				['One', 'Three'],
				['Two', 'Four'],
			]);
		});

		it('are kept apart where two suppliers have bills with one number', async () => {
			const suppliers = ['Ridgeway University', 'Boom FM', 'Ridgeway University'];

			const execution = await run(
				{ ...upsert, type: 'ACCPAY', contact: picked('={{ $json.customer }}', 'name') },
				suppliers.map((customer, index) => row('BILL-7', `Row ${index}`, { customer })),
			);

			expect(execution.itemsOf(XERO_NODE)).toMatchObject([
				{ json: { Contact: { Name: 'Ridgeway University' }, LineItems: [{}, {}] } },
				{ json: { Contact: { Name: 'Boom FM' }, LineItems: [{}] } },
			]);
		});

		it('are refused where nothing says to which invoice they belong', async () => {
			const execution = await run({ ...upsert, matchBy: 'invoiceId' }, [row('', 'Lost')]);

			expect(execution.error?.message).toContain('nothing says to which invoice this line belongs');
		});
	});
});
