import type { INodeParameters } from 'n8n-workflow';

import { createEngine } from '../../support/n8nEngine';
import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { everyScope } from '../support/everyScope';
import { startFakeHub, type HubCall } from '../support/fakeHub';
import { itemsOf, XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

const all = (path: string, query: Readonly<Record<string, string>> = {}): INodeParameters => ({
	resource: 'apiRequest',
	operation: 'send',
	method: 'GET',
	path,
	queryParameters: {
		parameter: Object.entries(query).map(([name, value]) => ({ name, value })),
	},
	answer: 'records',
	returnAll: true,
});

describe('API request with Return All', () => {
	let xero: ConnectedEngine;

	beforeAll(async () => {
		xero = await connectEngine({
			scopes: everyScope,
			app: { tier: 'advanced', bankFeeds: true },
		});
		await xero.sandbox.seed(xero.tenantId, { invoices: 235 });
	});
	beforeEach(async () => {
		await xero.sandbox.forgetRequests();
	});
	afterAll(async () => {
		await xero.close();
	});

	const read = async (parameters: INodeParameters) => {
		const execution = await xero.engine.run(xeroWorkflow({ parameters }), {
			input: itemsOf(1, () => ({})),
		});
		expect(execution.error).toBeUndefined();
		return execution.itemsOf(XERO_NODE).map(({ json }) => json);
	};
	const places = async (parameter: string) =>
		(await xero.sandbox.requests())
			.filter(({ path }) => path !== '/connections')
			.map(({ query }) => query[parameter]);

	it('reads journals on from number to number', async () => {
		const journals = await read(all('Journals'));

		const numbers = journals.map(({ JournalNumber }) => Number(JournalNumber));
		expect(numbers.length).toBeGreaterThan(200);
		expect(new Set(numbers).size).toBe(numbers.length);
		expect((await places('offset')).slice(0, 3)).toEqual([
			'0',
			String(numbers[99]),
			String(numbers[199]),
		]);
	});

	it('says to check the path where Xero knows none like it', async () => {
		const execution = await xero.engine.run(xeroWorkflow({ parameters: all('Nothing') }), {
			input: itemsOf(1, () => ({})),
		});

		expect(execution.error?.description).toContain('Check the path');
	});

	it.each([
		['several records, of which Xero keeps the good ones', [{ Name: 'Kept' }, {}], true],
		['one record', [{}], false],
	])('says to look in Xero where it refuses %s', async (_, Contacts, says) => {
		const parameters: INodeParameters = {
			resource: 'apiRequest',
			operation: 'send',
			method: 'PUT',
			path: 'Contacts',
			body: JSON.stringify({ Contacts }),
		};

		const { error } = await xero.engine.run(xeroWorkflow({ parameters }));

		const { description } = error as { description?: string | null };
		expect(String(description).includes('may have saved the good records')).toBe(says);
	});

	it('writes a day of its body as the time zone of the workflow has it', async () => {
		const workflow = xeroWorkflow({
			parameters: {
				resource: 'apiRequest',
				operation: 'send',
				method: 'PUT',
				path: 'Invoices',
				body: "={{ ({ Type: 'ACCREC', Contact: { Name: 'Ridgeway University' }, LineItems: [{ Description: 'x' }], Date: new Date('2026-11-29T11:30:00Z') }) }}",
				answer: 'records',
			},
		});

		const execution = await xero.engine.run(
			{ ...workflow, settings: { timezone: 'Pacific/Auckland' } },
			{ input: itemsOf(1, () => ({})) },
		);

		expect(execution.itemsOf(XERO_NODE)).toMatchObject([{ json: { Date: '2026-11-30' } }]);
	});

	it('starts journals after the number that is given', async () => {
		const journals = await read(all('Journals', { offset: '150' }));

		expect(journals[0]).toMatchObject({ JournalNumber: 151 });
		expect(journals.length).toBeGreaterThan(50);
	});

	it('reads invoices with their lines, although nobody named a page', async () => {
		const invoices = await read(all('Invoices'));

		expect(invoices.length).toBeGreaterThanOrEqual(235);
		for (const { LineItems } of invoices) expect(LineItems).not.toHaveLength(0);
		expect((await places('page')).slice(0, 3)).toEqual(['1', '2', '3']);
	});

	it('asks for a list without pages once', async () => {
		const accounts = await read(all('Accounts'));

		expect(accounts.length).toBeGreaterThan(20);
		expect(await places('page')).toEqual([undefined]);
	});

	it('reads all pages of files', async () => {
		for (const name of ['one', 'two', 'three']) {
			const form = new FormData();
			form.append(name, new Blob([name], { type: 'text/plain' }), `${name}.txt`);
			await fetch(`${xero.sandbox.url}/files.xro/1.0/Files`, {
				method: 'POST',
				headers: {
					authorization: `Bearer ${xero.tokens.access_token}`,
					'xero-tenant-id': xero.tenantId,
				},
				body: form,
			});
		}
		await xero.sandbox.forgetRequests();

		const files = await read(all('files.xro/1.0/Files', { pagesize: '2' }));

		expect(files.map(({ Name }) => Name)).toEqual(
			expect.arrayContaining(['one.txt', 'two.txt', 'three.txt']),
		);
		expect((await places('page')).slice(0, 2)).toEqual(['1', '2']);
	});
});

describe('API request with Return All, of lists the sandbox does not have', () => {
	const readThroughHub = async (
		path: string,
		answer: (page: number) => { readonly status: number; readonly body: unknown },
	) => {
		const pageOf = ({ path: address }: HubCall) =>
			Number(new URL(address, 'http://hub').searchParams.get('page'));
		const hub = await startFakeHub((call) =>
			call.path.startsWith('/api/v1/connections')
				? {
						status: 200,
						body: {
							items: [
								{
									id: 'c',
									tenantId: 't',
									tenantName: 'Books',
									tenantType: 'ORGANISATION',
									enabled: true,
								},
							],
							nextCursor: null,
						},
					}
				: answer(pageOf(call)),
		);
		const engine = await createEngine({
			credentials: { hub: { baseUrl: hub.url, apiKey: 'xhk_test' } },
		});
		const execution = await engine.run(
			xeroWorkflow({ parameters: { authentication: 'hub', ...all(path) } }),
			{ input: itemsOf(1, () => ({})) },
		);
		await hub.close();
		const asked = hub.calls
			.filter((call) => !call.path.startsWith('/api/v1/connections'))
			.map(pageOf);
		return { execution, records: execution.itemsOf(XERO_NODE), asked };
	};
	const records = (from: number, count: number) =>
		Array.from({ length: count }, (_, index) => ({ id: from + index }));

	it('goes on until a page of linked transactions is not full', async () => {
		const { records: linked, asked } = await readThroughHub('LinkedTransactions', (page) => ({
			status: 200,
			body: { LinkedTransactions: records((page - 1) * 100, page < 3 ? 100 : 35) },
		}));

		expect(linked).toHaveLength(235);
		expect(asked).toEqual([1, 2, 3]);
	});

	it('reads `items` until the page that is said to be the last, also where Xero answers 202', async () => {
		const { records: connections, asked } = await readThroughHub(
			'bankfeeds.xro/1.0/FeedConnections',
			(page) => ({
				status: 202,
				body: { pagination: { page, pageCount: 2 }, items: records(page * 10, 10) },
			}),
		);

		expect(connections).toHaveLength(20);
		expect(asked).toEqual([1, 2]);
	});

	it('takes a list that knows no pages once, and does not go on for ever', async () => {
		const { records: folders, asked } = await readThroughHub('files.xro/1.0/Folders', () => ({
			status: 200,
			body: records(0, 7),
		}));

		expect(folders).toHaveLength(7);
		expect(asked).toEqual([1, 2]);
	});

	it('fails as a whole where a further page fails, instead of leaving records out', async () => {
		const { execution } = await readThroughHub('LinkedTransactions', (page) =>
			page === 1
				? { status: 200, body: { LinkedTransactions: records(0, 100) } }
				: { status: 404, body: { Message: 'The resource cannot be found' } },
		);

		expect(execution.error?.message).toContain('The resource cannot be found');
	});
});
