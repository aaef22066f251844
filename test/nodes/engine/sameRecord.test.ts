import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { everyScope } from '../support/everyScope';
import { itemsOf, pairedItems, XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

const picked = (value: string, mode = 'id') => ({ __rl: true, mode, value });
const contact = picked('Ridgeway University', 'name');

describe('several items that change one record', () => {
	let xero: ConnectedEngine;

	beforeAll(async () => {
		xero = await connectEngine({ scopes: everyScope, app: { tier: 'advanced', bankFeeds: true } });
	});
	afterAll(() => xero.close());

	const run = async (
		parameters: INodeParameters,
		input: INodeExecutionData[] = itemsOf(1, () => ({})),
		onError?: 'continueRegularOutput',
	) => await xero.engine.run(xeroWorkflow({ parameters, onError }), { input });
	const create = async (resource: string, more: INodeParameters, count = 1) => {
		const execution = await run(
			{
				resource,
				operation: 'create',
				contact,
				lineItems: {
					line: [
						{ description: 'A', unitAmount: '1', accountCode: picked('200') },
						{ description: 'B', unitAmount: '2', accountCode: picked('200') },
					],
				},
				...more,
			},
			itemsOf(count, () => ({})),
		);
		expect(execution.error).toBeUndefined();
		return execution.itemsOf(XERO_NODE).map(({ json }) => json);
	};
	const createInvoice = async () => {
		const [invoice = {}] = await create('invoice', { type: 'ACCREC' });
		return invoice;
	};
	const held = async ({ InvoiceID: id }: IDataObject) =>
		((await xero.read(`Invoices/${String(id)}`))[0] ?? {}) as IDataObject;
	/** Xero keeps no order of lines. */
	const linesOf = (document: IDataObject) =>
		(document['LineItems'] as IDataObject[]).map(({ Description }) => Description).sort();
	const addLines = async (input: IDataObject[], onError?: 'continueRegularOutput') =>
		await run(
			{
				resource: 'invoice',
				operation: 'addLines',
				invoice: picked('={{ $json.id }}'),
				lineItems: {
					line: [{ description: '={{ $json.what }}', unitAmount: '={{ $json.price ?? "1" }}' }],
				},
			},
			input.map((json) => ({ json })),
			onError,
		);
	const to = ({ InvoiceID: id }: IDataObject, what: string, more: IDataObject = {}) => ({
		id,
		what,
		...more,
	});

	it('add all of their lines, and each answers the invoice as it left it', async () => {
		const [invoice, other] = [await createInvoice(), await createInvoice()];

		const execution = await addLines([
			to(invoice, 'C'),
			to(other, 'Other'),
			to(invoice, 'D'),
			to(invoice, 'E', { id: String(invoice['InvoiceID']).toUpperCase() }),
		]);

		expect(execution.error).toBeUndefined();
		const items = execution.itemsOf(XERO_NODE);
		expect(items.map(({ json }) => linesOf(json))).toEqual([
			['A', 'B', 'C'],
			['A', 'B', 'Other'],
			['A', 'B', 'C', 'D'],
			['A', 'B', 'C', 'D', 'E'],
		]);
		expect(pairedItems(items)).toEqual([0, 1, 2, 3]);
		expect(linesOf(await held(invoice))).toEqual(['A', 'B', 'C', 'D', 'E']);
	});

	it('add equal lines as often as they are asked for', async () => {
		const invoice = await createInvoice();

		await addLines([to(invoice, 'Same'), to(invoice, 'Same'), to(invoice, 'Same')]);

		expect(linesOf(await held(invoice))).toEqual(['A', 'B', 'Same', 'Same', 'Same']);
	});

	it('change each its own line', async () => {
		const invoice = await createInvoice();
		const ids = (invoice['LineItems'] as IDataObject[]).map(({ LineItemID }) => LineItemID);

		const execution = await run(
			{
				resource: 'invoice',
				operation: 'update',
				invoice: picked(String(invoice['InvoiceID'])),
				lineItemsMode: 'rows',
				lineItems: {
					line: [{ lineItemId: '={{ $json.line }}', description: '={{ $json.what }}' }],
				},
			},
			ids.map((line, index) => ({ json: { line, what: `Changed ${index}` } })),
		);

		expect(execution.error).toBeUndefined();
		expect(linesOf(await held(invoice))).toEqual(['Changed 0', 'Changed 1']);
	});

	it('add up where they are further apart than one request reaches', async () => {
		const invoices = await create('invoice', { type: 'ACCREC' }, 56);
		const [first = {}] = invoices;
		await xero.sandbox.forgetRequests();

		const execution = await addLines([
			...invoices.map((invoice) => to(invoice, 'C')),
			to(first, 'D'),
		]);

		expect(execution.error).toBeUndefined();
		expect(execution.itemsOf(XERO_NODE)).toHaveLength(57);
		expect(linesOf(await held(first))).toEqual(['A', 'B', 'C', 'D']);
		const writes = (await xero.sandbox.requests()).filter(({ method }) => method === 'POST');
		expect(writes.map(({ elements }) => elements)).toEqual([50, 6, 1]);
	});

	it('fail each alone, and those behind them are still written', async () => {
		const invoice = await createInvoice();

		const execution = await addLines(
			[to(invoice, 'C'), to(invoice, 'Bad', { price: '1,234.50.1' }), to(invoice, 'D')],
			'continueRegularOutput',
		);

		expect(execution.itemsOf(XERO_NODE).map(({ json }) => 'error' in json)).toEqual([
			false,
			true,
			false,
		]);
		expect(linesOf(await held(invoice))).toEqual(['A', 'B', 'C', 'D']);
	});

	it('send nothing where one of them cannot be written down and the run stops', async () => {
		const invoice = await createInvoice();

		const execution = await addLines([
			to(invoice, 'C'),
			to(invoice, 'Bad', { price: '1,234.50.1' }),
		]);

		expect(execution.error?.message).toContain('1,234.50.1');
		expect(linesOf(await held(invoice))).toEqual(['A', 'B']);
	});

	it("stop at Xero's refusal, and the message says what is saved", async () => {
		const invoice = await createInvoice();
		const line = (what: string, code: string) => ({
			json: { id: invoice['InvoiceID'], what, code },
		});

		const execution = await run(
			{
				resource: 'invoice',
				operation: 'addLines',
				invoice: picked('={{ $json.id }}'),
				lineItems: {
					line: [
						{
							description: '={{ $json.what }}',
							unitAmount: '1',
							accountCode: picked('={{ $json.code }}'),
						},
					],
				},
			},
			[line('C', '200'), line('Bad', '99999'), line('D', '200')],
		);

		expect(execution.error?.message).toContain('99999');
		expect(JSON.stringify([execution.error?.message, execution.error?.description])).toContain(
			'1 of 3',
		);
		expect(linesOf(await held(invoice))).toEqual(['A', 'B', 'C']);
	});

	it('change what they name of a quote, and keep what another item has changed', async () => {
		const [quote = {}] = await create('quote', { additionalFields: { date: '2026-11-01' } });
		const update = {
			resource: 'quote',
			operation: 'update',
			quote: picked(String(quote['QuoteID'])),
			updateFields: { title: '={{ $json.title }}', summary: '={{ $json.summary }}' },
		};

		const execution = await run(update, [
			{ json: { title: 'The title', summary: '' } },
			{ json: { title: '', summary: 'The summary' } },
		]);

		expect(execution.error).toBeUndefined();
		expect(await xero.read(`Quotes/${String(quote['QuoteID'])}`)).toMatchObject([
			{ Title: 'The title', Summary: 'The summary', LineItems: [{}, {}] },
		]);
	});

	describe('with Create or Update', () => {
		const upsert = async (
			type: string,
			input: IDataObject[],
			more: INodeParameters = {},
			onError?: 'continueRegularOutput',
		) =>
			await run(
				{
					resource: 'invoice',
					operation: 'upsert',
					matchBy: 'invoiceNumber',
					matchValue: '={{ $json.number }}',
					type,
					contact: picked('={{ $json.supplier ?? "Supplier A" }}', 'name'),
					lineItems: { line: [{ description: '={{ $json.what }}', unitAmount: '1' }] },
					...more,
				},
				input.map((json) => ({ json })),
				onError,
			);
		const billsOf = async (number: string) =>
			await xero.read(
				`Invoices?page=1&InvoiceNumbers=${number}&where=${encodeURIComponent('Type=="ACCPAY"')}`,
			);

		it('make one bill, however they spell the name of the supplier', async () => {
			const execution = await upsert(
				'ACCPAY',
				[
					{ number: 'SAME-1', what: 'One' },
					{ number: 'same-1', what: 'Two', supplier: ' SUPPLIER A ' },
					{ number: 'SAME-1', what: 'Three', supplier: 'Supplier B' },
				],
				{},
				'continueRegularOutput',
			);

			expect(execution.itemsOf(XERO_NODE)).toMatchObject([
				{ json: { InvoiceNumber: 'SAME-1' } },
				{
					json: {
						error:
							'Rows 1 and 2, item indexes 0 and 1, write the same bill of this contact: "same-1"',
					},
				},
				{ json: { Contact: { Name: 'Supplier B' } } },
			]);
			expect(await billsOf('SAME-1')).toHaveLength(2);
		});

		it('are asked to name the supplier of a new bill in one way', async () => {
			const [known] = await xero.read('Contacts?page=1&pageSize=1');
			const name = String(known?.['Name']);

			const execution = await upsert(
				'ACCPAY',
				[
					{ number: 'MIXED-1', what: 'One', mode: 'name', who: name },
					{ number: 'MIXED-1', what: 'Two', mode: 'id', who: String(known?.['ContactID']) },
				],
				{ contact: picked('={{ $json.who }}', '={{ $json.mode }}') },
				'continueRegularOutput',
			);

			const [, second] = execution.itemsOf(XERO_NODE);
			expect(second?.json['error']).toBe(
				'Rows 1 and 2, item indexes 0 and 1, write a new bill "MIXED-1", one with the name of the contact and one with its ID: they may be the same bill',
			);
			expect(await billsOf('MIXED-1')).toHaveLength(1);
		});

		it.each([
			['a bill that is there', 'ACCPAY', 'THERE-1', 'bill of this contact: "THERE-1"'],
			['a sales invoice', 'ACCREC', 'S-2', 'invoice: "S-2"'],
		])('write %s once', async (_what, type, number, called) => {
			await upsert(type, [{ number, what: 'Before' }]);

			const execution = await upsert(
				type,
				['N0', 'N1', 'N2'].map((what) => ({ number, what })),
				{},
				'continueRegularOutput',
			);

			const [first, ...others] = execution.itemsOf(XERO_NODE).map(({ json }) => json);
			expect(linesOf(first ?? {})).toEqual(['N0']);
			expect(others).toHaveLength(2);
			for (const [index, { error, details }] of others.entries()) {
				expect(error).toBe(
					`Rows 1 and ${index + 2}, item indexes 0 and ${index + 1}, write the same ${called}`,
				);
				expect(details).toContain('Line Items From: Input Items');
			}
		});

		it('are told before anything is sent where the run stops', async () => {
			const same = { number: 'S-3', what: 'One' };

			const execution = await upsert('ACCREC', [same, same]);

			expect(execution.error?.message).toContain(
				'Rows 1 and 2, item indexes 0 and 1, write the same invoice: "S-3"',
			);
			expect(await xero.read('Invoices?page=1&InvoiceNumbers=S-3')).toEqual([]);
		});
	});

	it.each<[string, INodeParameters]>([
		['an empty list', { lineItemsMode: 'json', lineItemsJson: '[]' }],
		['no rows', { lineItemsMode: 'rows', lineItems: {} }],
	])('are refused where %s is to replace all lines', async (_what, lines) => {
		const invoice = await createInvoice();

		const execution = await run({
			resource: 'invoice',
			operation: 'update',
			invoice: picked(String(invoice['InvoiceID'])),
			existingLines: 'replace',
			updateFields: { reference: 'not sent' },
			...lines,
		});

		expect(execution.error?.message).toContain('No lines are given');
		expect(execution.error?.description).toContain('Give at least one line');
		expect(await held(invoice)).not.toMatchObject({ Reference: 'not sent' });
	});
});
