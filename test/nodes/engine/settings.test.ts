import type { INodeParameters } from 'n8n-workflow';

import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { everyScope } from '../support/everyScope';
import { itemsOf, pairedItems, XERO_NODE, xeroNode, xeroWorkflow } from '../support/xeroWorkflow';

let xero: ConnectedEngine;
beforeAll(async () => {
	xero = await connectEngine({ scopes: everyScope, app: { tier: 'advanced', bankFeeds: true } });
});
beforeEach(async () => {
	await xero.sandbox.forgetRequests();
});
afterAll(async () => {
	await xero.close();
});

const run = async (parameters: INodeParameters, count = 1, engine = xero) =>
	await engine.engine.run(xeroWorkflow({ parameters }), {
		input: itemsOf(count, (index) => ({ index })),
	});
/** What reached the organisation's books; the list of connections is no part of them. */
const sent = async () =>
	(await xero.sandbox.requests())
		.filter(({ path }) => path !== '/connections')
		.map(({ method, path }) => `${method} ${path}`);

describe('journals', () => {
	it('come a hundred in a request, each once, after the number of the last', async () => {
		await xero.sandbox.seed(xero.tenantId, { invoices: 300 });

		const execution = await run({
			resource: 'journal',
			operation: 'getAll',
			returnAll: true,
		});

		const numbers = execution.itemsOf(XERO_NODE).map(({ json }) => json['JournalNumber']);
		expect(numbers.length).toBeGreaterThan(200);
		expect(numbers).toEqual(numbers.map((_, index) => index + 1));
		expect(await sent()).toHaveLength(Math.floor(numbers.length / 100) + 1);
	});

	it('read no further than the limit', async () => {
		const execution = await run({ resource: 'journal', operation: 'getAll', limit: 3 });

		expect(execution.itemsOf(XERO_NODE)).toHaveLength(3);
		expect(await sent()).toHaveLength(1);
	});

	it('say who gets their scope where the connection lacks it', async () => {
		const ordinary = await connectEngine();

		const execution = await run({ resource: 'journal', operation: 'getAll' }, 1, ordinary);

		expect(execution.error?.message).toContain('scope accounting.journals.read');
		expect(execution.error?.description).toContain('only to apps of its Advanced tier');
		await ordinary.close();
	});
});

describe('accounts', () => {
	it('are created one in a request, each for its own item', async () => {
		const execution = await run(
			{
				resource: 'account',
				operation: 'create',
				name: '=Made {{ $json.index }}',
				code: '=M{{ $json.index }}',
				type: 'EXPENSE',
			},
			6,
		);

		const items = execution.itemsOf(XERO_NODE);
		expect(items.map(({ json }) => json['Code'])).toEqual(['M0', 'M1', 'M2', 'M3', 'M4', 'M5']);
		expect(pairedItems(items)).toEqual([0, 1, 2, 3, 4, 5]);
		expect(await sent()).toHaveLength(6);
	});

	it('come back from the archive, with a reporting code', async () => {
		const account = (operation: string, more: INodeParameters): INodeParameters => ({
			resource: 'account',
			operation,
			...more,
		});
		const created = await run(
			account('create', { name: 'Archived', code: 'ARC', type: 'EXPENSE' }),
		);
		const id = String(created.itemsOf(XERO_NODE)[0]?.json['AccountID']);
		const locator = { account: { __rl: true, mode: 'id', value: id } };
		await run(account('archive', locator));

		const execution = await run(
			account('update', {
				...locator,
				updateFields: { status: 'ACTIVE', reportingCode: 'EXP.ADM' },
			}),
		);

		expect(execution.itemsOf(XERO_NODE)[0]?.json).toMatchObject({
			AccountID: id,
			Status: 'ACTIVE',
			ReportingCode: 'EXP.ADM',
		});
	});
});

describe('bank transactions', () => {
	it('travel up to 50 in one request', async () => {
		const execution = await run(
			{
				resource: 'bankTransaction',
				operation: 'create',
				type: 'SPEND',
				contact: { __rl: true, mode: 'name', value: 'Bank of the Pacific' },
				bankAccount: { __rl: true, mode: 'id', value: '090' },
				lineItemsMode: 'json',
				lineItemsJson:
					'[{"Description": "Fee", "UnitAmount": "1.2345", "AccountCode": "404", "Tracking": "Region: North"}]',
			},
			60,
		);

		expect(execution.itemsOf(XERO_NODE)).toHaveLength(60);
		expect(execution.itemsOf(XERO_NODE)[59]?.json).toMatchObject({
			LineItems: [{ UnitAmount: 1.2345, Tracking: [{ Name: 'Region', Option: 'North' }] }],
		});
		expect(await sent()).toEqual([
			'PUT /api.xro/2.0/BankTransactions',
			'PUT /api.xro/2.0/BankTransactions',
		]);
	});

	it('of the type prepayment leave a credit to allocate', async () => {
		const execution = await run({
			resource: 'bankTransaction',
			operation: 'create',
			type: 'RECEIVE-PREPAYMENT',
			contact: { __rl: true, mode: 'name', value: 'Ridgeway University' },
			bankAccount: { __rl: true, mode: 'id', value: '090' },
			lineItems: {
				line: [
					{
						description: 'Deposit',
						unitAmount: '100',
						accountCode: { __rl: true, mode: 'id', value: '200' },
					},
				],
			},
		});

		const [item] = execution.itemsOf(XERO_NODE);
		const [credit] = await xero.read(`Prepayments/${String(item?.json['PrepaymentID'])}`);
		expect(credit).toMatchObject({ Type: 'RECEIVE-PREPAYMENT', RemainingCredit: 115 });
	});
});

describe('a manual journal', () => {
	it('that does not balance is not sent', async () => {
		const execution = await run({
			resource: 'manualJournal',
			operation: 'create',
			narration: 'Off by a cent',
			lineItemsMode: 'json',
			lineItemsJson:
				'[{"LineAmount": "0.10", "AccountCode": "453"}, {"LineAmount": -0.11, "AccountCode": "880"}]',
		});

		expect(execution.error?.message).toContain(
			'The total debits (0.10) must equal total credits (-0.11)',
		);
		expect(await sent()).toEqual([]);
	});

	it('goes through with what Xero only warns of', async () => {
		const execution = await run({
			resource: 'manualJournal',
			operation: 'create',
			narration: 'An account that is gone',
			lineItemsMode: 'json',
			lineItemsJson:
				'[{"LineAmount": 1, "AccountCode": "476"}, {"LineAmount": -1, "AccountCode": "880"}]',
		});

		expect(execution.itemsOf(XERO_NODE)[0]?.json).toMatchObject({
			Warnings: [{ Message: expect.stringContaining("Account code '476' has been removed") }],
		});
	});
});

describe('the budget of calls', () => {
	it('goes down with every call', async () => {
		const parameters = { resource: 'organisation', operation: 'getApiBudget' };
		const left = async () =>
			Number((await run(parameters)).itemsOf(XERO_NODE)[0]?.json['callsLeftToday']);

		expect((await left()) - (await left())).toBe(1);
	});

	it('is asked for once, however many items want it', async () => {
		await run({ resource: 'organisation', operation: 'getApiBudget' }, 5);

		expect(await sent()).toHaveLength(1);
	});
});

describe('the pickers', () => {
	it.each([
		['searchBankAccounts', '090 · Business Bank Account · NZD'],
		['searchAccountRecords', '200 · Sales'],
		['searchAccountRecords', '499 · Old Stationery Account · ARCHIVED'],
		['searchItemRecords', "BOOK · 'Fish out of Water: Finding Your Brand'"],
		['searchTrackingCategories', 'Region'],
		['searchUsers', 'Sandbox Owner · owner@sandbox.example'],
	])('%s shows %s, and gives its id', async (method, name) => {
		const { results } = await xero.engine.pick(xeroNode({ authentication: 'oAuth2' }), method);

		expect(results).toContainEqual(
			expect.objectContaining({ name, value: expect.stringMatching(/^[0-9a-f-]{36}$/) }),
		);
	});
});
