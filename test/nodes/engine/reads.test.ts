import type { INodeParameters } from 'n8n-workflow';

import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { itemsOf, pairedItems, XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

describe('reading invoices and contacts', () => {
	let xero: ConnectedEngine;

	beforeAll(async () => {
		xero = await connectEngine();
		await xero.sandbox.seed(xero.tenantId, { contacts: 250, invoices: 250 });
	});
	beforeEach(async () => {
		await xero.sandbox.forgetRequests();
	});
	afterAll(async () => {
		await xero.close();
	});

	const run = async (
		parameters: INodeParameters,
		input = itemsOf(1, () => ({})),
		onError?: 'continueRegularOutput',
	) => await xero.engine.run(xeroWorkflow({ parameters, onError }), { input });

	it('returns all, with the organisation named on every page', async () => {
		const total = (await xero.read('Invoices')).length;
		await xero.sandbox.forgetRequests();

		const execution = await run({
			resource: 'invoice',
			operation: 'getAll',
			returnAll: true,
			filters: { ids: '' },
		});

		const items = execution.itemsOf(XERO_NODE);
		expect(items).toHaveLength(total);
		expect(new Set(items.map(({ json }) => json['InvoiceID'])).size).toBe(total);
		expect(pairedItems(items)).toEqual(Array(total).fill(0));
		const pages = (await xero.sandbox.requests()).filter(({ path }) => path.endsWith('/Invoices'));
		expect(pages.map(({ status, tenantId }) => [status, tenantId])).toEqual(
			pages.map(() => [200, xero.tenantId]),
		);
	});

	it('lists deleted invoices where their status is asked for', async () => {
		const call = async (method: string, record: Record<string, unknown>) => {
			const { sandbox, tokens, tenantId } = xero;
			const path = '/api.xro/2.0/Invoices';
			const answer = await sandbox.call(tokens, tenantId, method, path, { Invoices: [record] });
			return ((await answer.json()) as { Invoices: { InvoiceID: string }[] }).Invoices[0];
		};
		const draft = await call('PUT', { Type: 'ACCREC', Contact: { Name: 'Ridgeway University' } });
		await call('POST', { InvoiceID: draft?.InvoiceID, Status: 'DELETED' });

		const execution = await run({
			resource: 'invoice',
			operation: 'getAll',
			returnAll: true,
			filters: { statuses: ['DELETED'] },
		});

		expect(execution.itemsOf(XERO_NODE).map(({ json }) => json['InvoiceID'])).toEqual([
			draft?.InvoiceID,
		]);
	});

	it('walks several pages in the order of the ids', async () => {
		await xero.sandbox.seed(xero.tenantId, { contacts: 1_000 });
		await xero.sandbox.forgetRequests();

		const execution = await run({ resource: 'contact', operation: 'getAll', returnAll: true });

		const ids = execution.itemsOf(XERO_NODE).map(({ json }) => String(json['ContactID']));
		expect(ids.length).toBeGreaterThan(1_250);
		expect(new Set(ids).size).toBe(ids.length);
		const pages = (await xero.sandbox.requests()).filter(({ path }) => path.endsWith('/Contacts'));
		expect(pages.map(({ query }) => [query['page'], query['pageSize'], query['order']])).toEqual([
			['1', '1000', 'ContactID ASC'],
			['2', '1000', 'ContactID ASC'],
		]);
		expect(new Set(pages.map(({ tenantId }) => tenantId))).toEqual(new Set([xero.tenantId]));
	});

	it('stops at the limit, and asks for no more than that', async () => {
		const execution = await run({ resource: 'invoice', operation: 'getAll', limit: 7 });

		expect(execution.itemsOf(XERO_NODE)).toHaveLength(7);
		expect(await xero.sandbox.requests()).toMatchObject([
			{ path: '/connections' },
			{ query: { page: '1', pageSize: '7' } },
		]);
	});

	it('gives ten flat fields when simplified, and everything otherwise', async () => {
		const list: INodeParameters = { resource: 'invoice', operation: 'getAll', limit: 1 };

		const simple = await run({ ...list, simplify: true });
		const whole = await run({ ...list, simplify: false });
		const raw = await run({ ...list, simplify: false, options: { raw: true } });

		expect(Object.keys(simple.itemsOf(XERO_NODE)[0]?.json ?? {})).toHaveLength(10);
		expect(whole.itemsOf(XERO_NODE)[0]?.json).toMatchObject({
			Date: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
			UpdatedDateUTC: expect.stringMatching(/^\d{4}-.*Z$/),
			LineItems: expect.any(Array),
		});
		expect(raw.itemsOf(XERO_NODE)[0]?.json).toMatchObject({
			Date: expect.stringMatching(/^\/Date\(/),
		});
	});

	it("keeps each item's filters to itself", async () => {
		const execution = await run(
			{
				resource: 'invoice',
				operation: 'getAll',
				limit: 3,
				filters: {
					statuses: '={{ $json.status ? [$json.status] : [] }}',
					type: '={{ $json.type ?? "" }}',
					dateFrom: '={{ $json.from ?? "" }}',
				},
			},
			[{ json: { status: 'PAID', type: 'ACCREC', from: '2020-01-01' } }, { json: {} }],
		);

		expect(execution.error).toBeUndefined();
		const [, first, second] = (await xero.sandbox.requests()).map(({ query }) => query);
		expect(first).toMatchObject({
			Statuses: 'PAID',
			where: 'Date>=DateTime(2020,01,01) AND Type=="ACCREC"',
		});
		expect(second).not.toHaveProperty('Statuses');
		expect(second).not.toHaveProperty('where');
	});

	it('lets no quotation mark in a filter reach the query language', async () => {
		const execution = await run({
			resource: 'contact',
			operation: 'getAll',
			filters: { name: 'x" OR Name!="' },
		});

		expect(execution.itemsOf(XERO_NODE)).toEqual([]);
		const requests = await xero.sandbox.requests();
		expect(requests.at(-1)?.query['where']).toBe('Name=="x"" OR Name!="""');
	});

	it('finds only what changed since a time', async () => {
		const execution = await run({
			resource: 'contact',
			operation: 'getAll',
			returnAll: true,
			filters: { updatedSince: '2999-01-01T00:00:00Z' },
		});

		expect(execution.error).toBeUndefined();
		expect(execution.itemsOf(XERO_NODE)).toEqual([]);
	});

	it('says in words when the where filter cannot be read', async () => {
		const execution = await run({
			resource: 'invoice',
			operation: 'getAll',
			filters: { where: 'Status===DRAFT' },
		});

		expect(execution.error).toMatchObject({
			httpCode: '400',
			description: expect.stringContaining('Check the Where filter'),
		});
	});

	it('gets 100 records by id in three requests, each for its own item', async () => {
		const invoices = await xero.read('Invoices?page=1&pageSize=100');
		const ids = invoices.map(({ InvoiceID }) => String(InvoiceID)).reverse();
		await xero.sandbox.forgetRequests();

		const execution = await run(
			{
				resource: 'invoice',
				operation: 'get',
				organisation: { __rl: true, mode: 'id', value: xero.tenantId },
				invoice: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
			},
			itemsOf(100, (index) => ({ id: ids[index] })),
		);

		expect(execution.itemsOf(XERO_NODE).map(({ json }) => json['InvoiceID'])).toEqual(ids);
		expect(await xero.sandbox.requests()).toHaveLength(3);
	});

	it('tells the items whose record does not exist from the others', async () => {
		const [contact] = await xero.read('Contacts?page=1&pageSize=1');
		const unknown = '11111111-2222-4333-8444-555555555555';

		const execution = await run(
			{
				resource: 'contact',
				operation: 'get',
				contact: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
			},
			[{ json: { id: unknown } }, { json: { id: contact?.['ContactID'] as string } }],
			'continueRegularOutput',
		);

		expect(execution.itemsOf(XERO_NODE)).toMatchObject([
			{ pairedItem: { item: 0 }, json: { error: `Xero has no contact with the id ${unknown}` } },
			{ pairedItem: { item: 1 }, json: { Name: contact?.['Name'] } },
		]);
	});
});
