import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type { Execution } from '../../support/n8nEngine';
import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { everyScope } from '../support/everyScope';
import { XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

const UNKNOWN = '11111111-2222-4333-8444-555555555555';

/** What Xero may have saved of a request that it refuses as a whole, and which of six items, the fourth of which is bad. */
const POSITIONS: ReadonlyArray<readonly [saves: string, found?: string]> = [
	['nothing'],
	['before', 'rows 1, 2 and 3, item indexes 0, 1 and 2'],
	['good', 'rows 1, 2, 3, 5 and 6, item indexes 0, 1, 2, 4 and 5'],
];
const GOOD = [0, 1, 2, 4, 5];
const BAD = 3;

const picked = (value: string, mode = 'id') => ({ __rl: true, mode, value });
const line = { description: '={{ $json.what }}', quantity: '1', unitAmount: '={{ $json.price }}' };
const salesLine = { line: [{ ...line, accountCode: picked('200') }] };

const invoice: INodeParameters = {
	resource: 'invoice',
	operation: 'create',
	type: 'ACCREC',
	contact: picked('={{ $json.contact }}'),
	lineItems: salesLine,
	additionalFields: { reference: '={{ $json.reference }}' },
};

const newContact: INodeParameters = {
	resource: 'contact',
	operation: 'create',
	name: '={{ $json.what }}',
	additionalFields: { emailAddress: '={{ $json.email }}' },
};

describe('of a request that Xero refuses as a whole', () => {
	let xero: ConnectedEngine;
	let contact: string;

	beforeEach(async () => {
		xero = await connectEngine({
			scopes: everyScope,
			app: { tier: 'advanced', bankFeeds: true },
		});
		contact = String((await xero.read('Contacts?page=1&pageSize=1'))[0]?.['ContactID']);
		await xero.sandbox.forgetRequests();
	});
	afterEach(async () => {
		await xero.close();
	});

	/** Six items, the fourth of which names what is not there. */
	const sixItems = (json: (index: number) => IDataObject = () => ({})) =>
		Array.from({ length: 6 }, (_, index) => ({
			json: {
				contact: index === BAD ? UNKNOWN : contact,
				account: index === BAD ? '999' : '200',
				what: `Goods ${index}`,
				price: `${10 + index}.25`,
				...json(index),
			},
		}));
	const run = async (parameters: INodeParameters, input: INodeExecutionData[] = sixItems()) =>
		await xero.engine.run(xeroWorkflow({ parameters, onError: 'continueRegularOutput' }), {
			input,
			mode: 'trigger',
		});
	const errorsOf = (execution: Execution) =>
		execution
			.itemsOf(XERO_NODE)
			.flatMap(({ json }, item) => ('error' in json ? [[item, String(json['error'])]] : []));
	const hintsOf = (execution: Execution) =>
		(execution.run.data.resultData.runData[XERO_NODE]?.[0]?.hints ?? []).map(
			({ message }) => message,
		);
	const writes = async () =>
		(await xero.sandbox.requests()).filter(({ method }) => method !== 'GET');
	/** How often each line of the six invoices (or the like) is there. */
	const heldLines = async (list: string, lines = 'LineItems') =>
		(await xero.read(`${list}?page=1&pageSize=1000`))
			.flatMap((record) => record[lines] as IDataObject[])
			.map(({ Description }) => String(Description))
			.filter((description) => description.startsWith('Goods '))
			.sort();
	const goods = GOOD.map((index) => `Goods ${index}`);

	describe.each(POSITIONS)('%s is saved', (refusedBatchSaves, found) => {
		const foundWords =
			found === undefined
				? []
				: [
						`Xero refused a request and had saved some of it all the same. Found in Xero, and not sent again: ${found}.`,
					];

		it.each([
			['with references', (index: number) => ({ reference: `REF-${index}` })],
			['with neither number nor reference', () => ({})],
		])('each good invoice %s is there once, and the bad one has failed', async (_, more) => {
			await xero.sandbox.setFaults({ refusedBatchSaves });

			const execution = await run(invoice, sixItems(more));

			expect(await heldLines('Invoices')).toEqual(goods);
			expect(errorsOf(execution)).toEqual([[BAD, expect.stringContaining('no record')]]);
			const items = execution.itemsOf(XERO_NODE);
			expect(
				GOOD.map((index) => (items[index]?.json['LineItems'] as IDataObject[])[0]?.Description),
			).toEqual(goods);
			expect(hintsOf(execution)).toEqual(foundWords);
			const keys = (await writes()).map(({ idempotencyKey }) => idempotencyKey);
			expect(new Set(keys).size).toBe(keys.length);
		});

		it('equal invoices are there as often as they were sent', async () => {
			await xero.sandbox.setFaults({ refusedBatchSaves });

			const execution = await run(
				invoice,
				sixItems(() => ({ what: 'Goods', price: '5' })),
			);

			const saved = execution
				.itemsOf(XERO_NODE)
				.flatMap(({ json }) => ('InvoiceID' in json ? [String(json['InvoiceID'])] : []));
			expect(new Set(saved).size).toBe(GOOD.length);
			const all = await xero.read('Invoices?page=1&pageSize=1000');
			expect(
				all.filter(({ LineItems }) => (LineItems as IDataObject[])[0]?.Description === 'Goods'),
			).toHaveLength(GOOD.length);
			expect(errorsOf(execution)).toHaveLength(1);
		});

		it('each good contact is there once', async () => {
			await xero.sandbox.setFaults({ refusedBatchSaves, ignoresSummarizeErrors: true });

			const execution = await run(
				newContact,
				sixItems((index) => ({ email: index === BAD ? 'nowhere' : 'a@b.example' })),
			);

			expect(errorsOf(execution)).toEqual([
				[BAD, expect.stringContaining('Email address must be valid')],
			]);
			expect(hintsOf(execution)).toEqual(foundWords);
			const held = await xero.read('Contacts?where=Name.StartsWith("Goods ")&order=Name');
			expect(held.map(({ Name }) => Name)).toEqual(goods);
		});

		it('each good item is there once', async () => {
			await xero.sandbox.setFaults({ refusedBatchSaves, ignoresSummarizeErrors: true });
			const parameters = {
				resource: 'item',
				operation: 'create',
				code: '={{ $json.what }}',
				additionalFields: {
					salesDetails: {
						details: { unitPrice: '1', accountCode: picked('={{ $json.account }}') },
					},
				},
			};

			const execution = await run(parameters);

			expect(errorsOf(execution)).toEqual([[BAD, expect.stringContaining("Account code '999'")]]);
			expect(hintsOf(execution)).toEqual(foundWords);
			const codes = (await xero.read('Items')).map(({ Code }) => String(Code));
			expect(codes.filter((code) => code.startsWith('Goods ')).sort()).toEqual(goods);
		});

		it('each good journal is there once', async () => {
			await xero.sandbox.setFaults({ refusedBatchSaves, ignoresSummarizeErrors: true });
			const parameters = {
				resource: 'manualJournal',
				operation: 'create',
				narration: 'Accrual',
				lineItems: {
					line: [
						{ ...line, lineAmount: '={{ $json.price }}', accountCode: picked('469') },
						{
							lineAmount: '=-{{ $json.price }}',
							accountCode: picked('={{ $json.account === "999" ? "476" : "880" }}'),
						},
					],
				},
				additionalFields: { status: 'POSTED' },
			};

			const execution = await run(parameters);

			expect(errorsOf(execution)).toEqual([[BAD, expect.stringContaining("Account code '476'")]]);
			expect(hintsOf(execution)).toEqual(foundWords);
			expect(await heldLines('ManualJournals', 'JournalLines')).toEqual(goods);
		});

		it.each([
			['CreditNotes', 'creditNote', { type: 'ACCRECCREDIT' }],
			['Quotes', 'quote', {}],
			['PurchaseOrders', 'purchaseOrder', {}],
			['BankTransactions', 'bankTransaction', { type: 'SPEND', bankAccount: picked('090') }],
		])('each good one of %s is there once', async (list, resource, more) => {
			await xero.sandbox.setFaults({ refusedBatchSaves });
			const parameters = {
				resource,
				operation: 'create',
				contact: picked('={{ $json.contact }}'),
				lineItems: salesLine,
				...more,
			};

			const execution = await run(parameters);

			expect(errorsOf(execution)).toEqual([[BAD, expect.stringContaining('no record')]]);
			expect(hintsOf(execution)).toEqual(foundWords);
			expect(await heldLines(list)).toEqual(goods);
		});

		it.each([
			['Payments', { resource: 'payment', amount: '={{ $json.amount }}' }],
			[
				'BatchPayments',
				{
					resource: 'batchPayment',
					payments: {
						payment: [{ invoice: picked('={{ $json.invoice }}'), amount: '={{ $json.amount }}' }],
					},
				},
			],
		])('each good one of %s is there once', async (list, more) => {
			const made = await run(
				{
					...invoice,
					additionalFields: { status: 'AUTHORISED', dueDate: '2027-01-31' },
				},
				sixItems(() => ({ contact })),
			);
			const invoices = made.itemsOf(XERO_NODE).map(({ json }) => json['InvoiceID']);
			await xero.sandbox.setFaults({
				refusedBatchSaves,
				ignoresSummarizeErrors: true,
				paymentErrorsIn200: false,
			});
			const parameters = {
				operation: 'create',
				paymentFor: 'invoice',
				invoice: picked('={{ $json.invoice }}'),
				account: picked('090', 'code'),
				...more,
			};

			const execution = await run(
				parameters,
				sixItems((index) => ({
					invoice: invoices[index],
					amount: index === BAD ? '1000' : '4.20',
				})),
			);

			expect(errorsOf(execution)).toEqual([[BAD, expect.stringContaining('exceeds')]]);
			expect(hintsOf(execution)).toEqual(foundWords);
			const paid = (await xero.read('Invoices?page=1&pageSize=1000')).filter(
				({ InvoiceID, AmountPaid }) => invoices.includes(String(InvoiceID)) && AmountPaid !== 0,
			);
			expect(paid.map(({ AmountPaid }) => AmountPaid)).toEqual(GOOD.map(() => 4.2));
			expect(list).toMatch(/Payments$/);
		});

		it.each([
			['archived', { operation: 'archive' }, { ContactStatus: 'ARCHIVED' }],
			[
				'changed',
				{ operation: 'update', updateFields: { firstName: '={{ $json.what }}' } },
				{ FirstName: expect.stringContaining('Goods') },
			],
		])('each good contact is %s', async (_, change, state) => {
			const made = await run(newContact, sixItems());
			const ids = made.itemsOf(XERO_NODE).map(({ json }) => String(json['ContactID']));
			await xero.sandbox.setFaults({ refusedBatchSaves });

			const execution = await run(
				{ resource: 'contact', ...change, contact: picked('={{ $json.id }}') },
				sixItems((index) => ({ id: index === BAD ? UNKNOWN : ids[index] })),
			);

			expect(errorsOf(execution)).toEqual([[BAD, expect.stringContaining('no record')]]);
			const held = await xero.read(`Contacts?IDs=${ids.join(',')}&includeArchived=true`);
			const changed = GOOD.map((index) => held.find(({ ContactID }) => ContactID === ids[index]));
			expect(changed).toMatchObject(GOOD.map(() => state));
		});
	});

	describe('it is not known what is saved', () => {
		const byReference = () => sixItems((index) => ({ reference: `REF-${index}` }));
		const unknown = expect.stringContaining('not known whether the item was saved');

		it('where the look-up fails: nothing is sent again', async () => {
			await xero.sandbox.setFaults({
				status: { path: '/Invoices', method: 'GET', status: 503, times: 100 },
			});

			const execution = await run(invoice, byReference());

			expect(errorsOf(execution)).toEqual(byReference().map((_, index) => [index, unknown]));
			expect(execution.itemsOf(XERO_NODE)[0]?.json['details']).toMatch(
				/Looking for it in Xero failed: .*Look for the record in Xero before/,
			);
			expect(await writes()).toHaveLength(1);
			await xero.sandbox.setFaults({});
			expect(await heldLines('Invoices')).toEqual(goods);
		});

		it('and a retry of the execution looks again, as far back as Xero keeps its refusal', async () => {
			const workflow = xeroWorkflow({ parameters: invoice, onError: 'stopWorkflow' });
			await xero.sandbox.setFaults({
				status: { path: '/Invoices', method: 'GET', status: 503, times: 100 },
			});
			const failed = await xero.engine.run(workflow, { input: byReference(), mode: 'trigger' });
			await xero.sandbox.setFaults({});
			await xero.sandbox.advanceClock(5 * 60);

			const retried = await xero.engine.retry(workflow, failed, 'original');

			expect(failed.error?.message).toMatch('not known whether the item was saved');
			expect(retried.error).toMatchObject({ message: expect.stringContaining('no record') });
			expect(await heldLines('Invoices')).toEqual(goods);
		});

		it('where somebody else has just made the same: more are there than were sent', async () => {
			const twin = {
				LineItems: [{ Description: 'Goods 0', Quantity: 1, UnitAmount: 10.25, AccountCode: '200' }],
			};
			await xero.sandbox.call(xero.tokens, xero.tenantId, 'PUT', '/api.xro/2.0/Invoices', {
				Invoices: [{ Type: 'ACCREC', Contact: { ContactID: contact }, ...twin }],
			});

			const execution = await run(invoice);

			expect(errorsOf(execution)).toEqual([
				[0, unknown],
				[BAD, expect.stringContaining('no record')],
			]);
			expect(await heldLines('Invoices')).toEqual(['Goods 0', ...goods]);
		});

		it('where Xero does not say when records were made', async () => {
			const execution = await run({
				resource: 'repeatingInvoice',
				operation: 'create',
				contact: picked('={{ $json.contact }}'),
				startDate: '2027-01-01',
				dueDate: 7,
				lineItems: salesLine,
			});

			expect(errorsOf(execution)).toEqual(byReference().map((_, index) => [index, unknown]));
			expect(await writes()).toHaveLength(1);
		});
	});

	it('older records that say the same are not taken for new ones', async () => {
		await run(
			invoice,
			sixItems(() => ({ contact })),
		);
		await xero.sandbox.advanceClock(10 * 60);

		const execution = await run(invoice);

		expect(errorsOf(execution)).toHaveLength(1);
		expect(await heldLines('Invoices')).toEqual([...goods, ...goods, `Goods ${BAD}`].sort());
	});

	it('records of an earlier request of the run are not taken for those of a later one', async () => {
		const equal = (index: number) => ({
			json: { contact: index === 55 ? UNKNOWN : contact, what: 'Goods', price: '1' },
		});

		const execution = await run(
			invoice,
			Array.from({ length: 60 }, (_, index) => equal(index)),
		);

		expect(errorsOf(execution)).toEqual([[55, expect.stringContaining('no record')]]);
		const ids = execution.itemsOf(XERO_NODE).map(({ json }) => json['InvoiceID']);
		expect(new Set(ids).size).toBe(60);
	});

	it('nothing is saved where Xero could not read it, so that the halves go again at once', async () => {
		await xero.sandbox.setFaults({
			status: {
				path: '/Invoices',
				method: 'PUT',
				status: 400,
				body: JSON.stringify({
					ErrorNumber: 14,
					Type: 'PostDataInvalidException',
					Message: 'Error converting value',
				}),
			},
		});
		await xero.sandbox.forgetRequests();

		await run(
			invoice,
			sixItems(() => ({ contact })),
		);

		const requests = (await xero.sandbox.requests()).filter(({ path }) =>
			path.endsWith('/Invoices'),
		);
		expect(requests.map(({ method, elements }) => [method, elements])).toEqual([
			['PUT', 6],
			['PUT', 3],
			['PUT', 3],
		]);
	});
});
