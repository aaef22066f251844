import type { INodeParameters } from 'n8n-workflow';

import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { itemsOf, pairedItems, XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

const createInvoice: INodeParameters = {
	resource: 'invoice',
	operation: 'create',
	type: 'ACCREC',
	contact: { __rl: true, mode: 'name', value: 'Ridgeway University' },
	lineItemsMode: 'rows',
	lineItems: {
		line: [
			{
				description: '={{ $json.what }}',
				quantity: '0.25',
				unitAmount: '={{ $json.price }}',
				accountCode: { __rl: true, mode: 'id', value: '={{ $json.account ?? "200" }}' },
			},
		],
	},
	additionalFields: {
		date: '2026-11-01',
		dueDate: '={{ "2026-11-30T23:30:00+13:00" }}',
		status: 'AUTHORISED',
		reference: '={{ $json.reference }}',
	},
};

const goods = (count: number, bad: readonly number[] = []) =>
	itemsOf(count, (index) => ({
		what: `Goods ${index}`,
		price: '100.1234',
		reference: `REF-${index}`,
		...(bad.includes(index) ? { account: '999' } : {}),
	}));

describe('invoice: create', () => {
	let xero: ConnectedEngine;

	beforeEach(async () => {
		xero = await connectEngine();
		await xero.sandbox.forgetRequests();
	});
	afterEach(async () => {
		await xero.close();
	});

	const writes = async () =>
		(await xero.sandbox.requests()).filter(({ method }) => method !== 'GET');

	it('sends 100 items in two requests and links each invoice to its item', async () => {
		const execution = await xero.engine.run(xeroWorkflow({ parameters: createInvoice }), {
			input: goods(100),
		});

		expect(execution.error).toBeUndefined();
		const items = execution.itemsOf(XERO_NODE);
		expect(items.map(({ json }) => json['Reference'])).toEqual(
			goods(100).map(({ json }) => json['reference']),
		);
		expect(pairedItems(items)).toEqual(Array.from({ length: 100 }, (_, index) => index));
		const requests = await writes();
		expect(requests.map(({ method, elements }) => [method, elements])).toEqual([
			['PUT', 50],
			['PUT', 50],
		]);
		expect(new Set(requests.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
	});

	it('keeps days, quarters and four decimals exactly', async () => {
		const execution = await xero.engine.run(xeroWorkflow({ parameters: createInvoice }), {
			input: goods(1),
		});

		expect(execution.itemsOf(XERO_NODE)[0]?.json).toMatchObject({
			Date: '2026-11-01',
			DueDate: '2026-11-30',
			Status: 'AUTHORISED',
			LineItems: [{ Quantity: 0.25, UnitAmount: 100.1234 }],
		});
	});

	it.each([
		["new Date('2026-11-29T19:30:00Z')", '2026-11-30'],
		["DateTime.fromISO('2026-11-30T08:30:00', { zone: 'Pacific/Auckland' })", '2026-11-30'],
		["new Date('2026-11-29T10:30:00Z')", '2026-11-29'],
	])('takes the day that the clock of a workflow in Auckland shows: %s', async (made, day) => {
		const parameters = {
			...createInvoice,
			additionalFields: { date: `={{ ${made} }}`, dueDate: '2026-12-31' },
		};

		const execution = await xero.engine.run(
			{ ...xeroWorkflow({ parameters }), settings: { timezone: 'Pacific/Auckland' } },
			{ input: goods(1) },
		);

		expect(execution.itemsOf(XERO_NODE)[0]?.json).toMatchObject({ Date: day });
	});

	it('creates 99 and makes one error item, with the words of Xero, when one is invalid', async () => {
		const execution = await xero.engine.run(
			xeroWorkflow({ parameters: createInvoice, onError: 'continueRegularOutput' }),
			{ input: goods(100, [41]) },
		);

		const items = execution.itemsOf(XERO_NODE);
		expect(pairedItems(items)).toEqual(Array.from({ length: 100 }, (_, index) => index));
		const refused = items.filter(({ json }) => 'error' in json);
		expect(refused).toHaveLength(1);
		expect(refused[0]).toMatchObject({
			pairedItem: { item: 41 },
			json: {
				error: expect.stringContaining("Account code '999' is not a valid code"),
				details:
					'Correct what this item says; the records beside it are not affected. 99 of 100 items are already saved in Xero. Send only those again that failed: the others would be saved twice.',
			},
		});
		expect(items.filter(({ json }) => 'InvoiceID' in json)).toHaveLength(99);
		expect(await writes()).toHaveLength(2);
	});

	it('says beside each of several refused items how many failed with it', async () => {
		const execution = await xero.engine.run(
			xeroWorkflow({ parameters: createInvoice, onError: 'continueRegularOutput' }),
			{ input: goods(10, [2, 7]) },
		);

		const details = execution.itemsOf(XERO_NODE).map(({ json }) => json['details']);
		const besides = (place: string) =>
			`Correct what this item says; the records beside it are not affected. 8 of 10 items are already saved in Xero. 1 besides ${place} failed. Send only those again that failed: the others would be saved twice.`;
		expect([details[2], details[7]]).toEqual([
			besides('row 3, item index 2'),
			besides('row 8, item index 7'),
		]);
	});

	it('sends refused items to the error output, with their input', async () => {
		const workflow = xeroWorkflow({ parameters: createInvoice, onError: 'continueErrorOutput' });

		const execution = await xero.engine.run(workflow, { input: goods(3, [1]) });

		expect(execution.itemsOf(XERO_NODE, 0)).toHaveLength(2);
		expect(execution.itemsOf(XERO_NODE, 1)).toMatchObject([
			{ json: { what: 'Goods 1', error: expect.stringContaining("Account code '999'") } },
		]);
	});

	it('stops at the refused item and says how many are saved', async () => {
		const execution = await xero.engine.run(xeroWorkflow({ parameters: createInvoice }), {
			input: goods(100, [41]),
		});

		expect(execution.error).toMatchObject({
			itemIndex: 41,
			message: expect.stringContaining("Account code '999' is not a valid code"),
			description: expect.stringContaining(
				'49 of 100 items are already saved in Xero. 50 were not sent.',
			),
		});
		expect(await writes()).toHaveLength(1);
	});

	it('sends nothing when it would stop at an item that cannot be built', async () => {
		const input = [...goods(3), { json: { price: '1,200.00' } }];

		const execution = await xero.engine.run(xeroWorkflow({ parameters: createInvoice }), { input });

		expect(execution.error).toMatchObject({
			itemIndex: 3,
			message: expect.stringContaining('Line 1: Unit Amount is not a number: "1,200.00"'),
			description: expect.stringContaining('0 of 4 items are already saved'),
		});
		expect(await writes()).toHaveLength(0);
	});

	it('finds the one item whose contact does not exist, although Xero refuses the whole request', async () => {
		const unknown = '11111111-2222-4333-8444-555555555555';
		const [contact] = await xero.read('Contacts?page=1&pageSize=1');
		const parameters: INodeParameters = {
			...createInvoice,
			contact: { __rl: true, mode: 'id', value: '={{ $json.contact }}' },
		};
		const input = goods(20).map(({ json }, index) => ({
			json: { ...json, contact: index === 13 ? unknown : String(contact?.['ContactID']) },
		}));

		const execution = await xero.engine.run(
			xeroWorkflow({ parameters, onError: 'continueRegularOutput' }),
			{ input },
		);

		const items = execution.itemsOf(XERO_NODE);
		expect(items.filter(({ json }) => 'InvoiceID' in json)).toHaveLength(19);
		expect(items[13]?.json).toHaveProperty('error');
		expect((await writes()).map(({ status }) => status)).toContain(404);
	});

	it('leaves exactly one record when the connection drops after Xero has saved it', async () => {
		await xero.sandbox.setFaults({ dropAfterCommit: { path: '/Invoices', times: 1 } });

		const execution = await xero.engine.run(xeroWorkflow({ parameters: createInvoice }), {
			input: goods(1),
		});

		expect(execution.itemsOf(XERO_NODE)[0]?.json).toMatchObject({ Reference: 'REF-0' });
		const requests = await writes();
		expect(requests.map(({ dropped }) => dropped)).toEqual([true, false]);
		expect(new Set(requests.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
		expect(await xero.read('Invoices?page=1&where=Reference=="REF-0"')).toHaveLength(1);
	});

	it('waits as Xero asks when the minute is used up, and completes', async () => {
		await xero.sandbox.setLimits({ minute: 1, windowMs: 8_000, concurrent: 1_000 });

		const execution = await xero.engine.run(xeroWorkflow({ parameters: createInvoice }), {
			input: goods(100),
		});

		expect(execution.error).toBeUndefined();
		expect(execution.itemsOf(XERO_NODE)).toHaveLength(100);
		expect((await writes()).map(({ status }) => status)).toContain(429);
	});

	it('does not wait for the day limit, and says when it resets', async () => {
		await xero.sandbox.setLimits({ day: 1, minute: 1_000, windowMs: 60_000 });

		const execution = await xero.engine.run(xeroWorkflow({ parameters: createInvoice }), {
			input: goods(100),
		});

		expect(execution.error).toMatchObject({
			httpCode: '429',
			message: expect.stringMatching(/daily limit .* resets at \d{4}-/),
		});
	});

	it('takes lines as JSON, with names in any case', async () => {
		const parameters: INodeParameters = {
			...createInvoice,
			lineItemsMode: 'json',
			lineItemsJson: '={{ $json.lines }}',
		};
		const lines = [
			{ description: 'One', quantity: 1, unitAmount: '10.05', accountCode: '200' },
			{ Description: 'Two', Quantity: '3', UnitAmount: 7, AccountCode: '200', TaxType: 'NONE' },
		];

		const execution = await xero.engine.run(xeroWorkflow({ parameters }), {
			input: [{ json: { lines } }],
		});

		expect(execution.itemsOf(XERO_NODE)[0]?.json['LineItems']).toMatchObject([
			{ Description: 'One', UnitAmount: 10.05 },
			{ Description: 'Two', Quantity: 3, UnitAmount: 7, TaxType: 'NONE' },
		]);
	});

	it('refreshes an expired token once and goes on', async () => {
		await xero.sandbox.setFaults({ expireTokens: true });

		const execution = await xero.engine.run(xeroWorkflow({ parameters: createInvoice }), {
			input: goods(1),
		});

		expect(execution.error).toBeUndefined();
		expect(execution.itemsOf(XERO_NODE)).toHaveLength(1);
		const requests = await xero.sandbox.requests();
		expect(requests.map(({ path, status }) => [path, status])).toEqual([
			['/connections', 401],
			['/connect/token', 200],
			['/connections', 200],
			['/api.xro/2.0/Invoices', 200],
		]);
	});
});
