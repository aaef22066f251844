import type { INodeParameters } from 'n8n-workflow';

import { createEngine, type Execution } from '../../support/n8nEngine';
import { startFakeHub, type FakeHub, type HubAnswer, type HubCall } from '../support/fakeHub';
import { itemsOf, XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

const connection = (id: string, changes: object = {}) => ({
	id: `connection-${id}`,
	tenantId: id,
	tenantName: `Books of ${id}`,
	tenantType: 'ORGANISATION',
	enabled: true,
	...changes,
});

const saved = (call: HubCall): HubAnswer => {
	const { Contacts } = JSON.parse(call.body) as { Contacts: { Name: string }[] };
	return {
		status: 200,
		body: { Contacts: Contacts.map((contact, index) => ({ ContactID: `c-${index}`, ...contact })) },
	};
};

describe('the node through the hub', () => {
	let hub: FakeHub;
	let answer: (call: HubCall) => HubAnswer;

	beforeEach(async () => {
		hub = await startFakeHub((call) => {
			if (call.path.startsWith('/api/v1/connections')) {
				return { status: 200, body: { items: [connection('t-1')], nextCursor: null } };
			}
			// As a hub answers that is older than the call.
			return call.path.startsWith('/api/v1/saved-items') ? { status: 404 } : answer(call);
		});
	});
	afterEach(async () => {
		await hub.close();
	});

	async function createContacts(
		count: number,
		parameters: INodeParameters = {},
	): Promise<Execution> {
		const engine = await createEngine({
			credentials: { hub: { baseUrl: hub.url, apiKey: 'xhk_test' } },
		});
		return await engine.run(
			xeroWorkflow({
				parameters: {
					authentication: 'hub',
					resource: 'contact',
					operation: 'create',
					name: '={{ $json.name }}',
					...parameters,
				},
			}),
			{ input: itemsOf(count, (index) => ({ name: `Contact ${index}` })) },
		);
	}

	const writes = () => hub.calls.filter(({ method }) => method === 'PUT');

	it('says which workflow asks, so that workflows with one key take turns', async () => {
		answer = saved;

		await createContacts(1);

		expect(writes()[0]?.headers['x-workflow']).toBe('workflow');
	});

	it('sends batches to the proxy of the organisation, with the API key', async () => {
		answer = saved;

		const execution = await createContacts(60);

		expect(execution.error).toBeUndefined();
		expect(execution.itemsOf(XERO_NODE)).toHaveLength(60);
		expect(writes()).toMatchObject([
			{
				path: '/api/v1/xero/t-1/api.xro/2.0/Contacts?summarizeErrors=false',
				headers: {
					authorization: 'Bearer xhk_test',
					accept: 'application/json',
					'content-type': 'application/json',
					'idempotency-key': expect.stringMatching(/^n8n-[0-9a-f]{64}$/),
				},
			},
			{},
		]);
	});

	it('reads all pages of connections, and offers none that is switched off', async () => {
		await hub.close();
		hub = await startFakeHub(({ path }) =>
			path.includes('cursor=2')
				? { status: 200, body: { items: [connection('t-2')], nextCursor: null } }
				: {
						status: 200,
						body: {
							items: [connection('t-0', { enabled: false }), connection('t-1')],
							nextCursor: '2',
						},
					},
		);

		const execution = await createContacts(1);

		expect(execution.error?.description).toContain('Books of t-1 (t-1), Books of t-2 (t-2)');
	});

	it('sends the same bytes with the same key when the connection drops', async () => {
		answer = (call) => (writes().length === 1 ? { status: 0, drop: true } : saved(call));

		const execution = await createContacts(2);

		expect(execution.itemsOf(XERO_NODE)).toHaveLength(2);
		const [first, second] = writes();
		expect(second?.body).toBe(first?.body);
		expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
	});

	it('tries once more on 503, and waits as the hub asks', async () => {
		answer = (call) =>
			writes().length === 1 ? { status: 503, headers: { 'retry-after': '0' } } : saved(call);

		expect((await createContacts(1)).error).toBeUndefined();
		expect(writes()).toHaveLength(2);
	});

	it("shows the hub's own refusal and does not take it for a fault of one item", async () => {
		answer = () => ({
			status: 404,
			headers: { 'content-type': 'application/problem+json' },
			body: { title: 'Not Found', detail: 'No such organisation here.', code: 'not_found' },
		});

		const execution = await createContacts(50);

		expect(execution.error?.message).toContain('No such organisation here.');
		expect(writes()).toHaveLength(1);
	});

	it('says that the hub did not answer, and that the records may be saved', async () => {
		answer = () => ({ status: 0, drop: true });

		const execution = await createContacts(1);

		expect(execution.error?.message).toContain('The hub did not answer: the connection was closed');
		expect(execution.error?.description).toContain('not known whether the records were saved');
		expect(writes()).toHaveLength(3);
	}, 20_000);

	it('sends and receives files byte for byte', async () => {
		const bytes = Buffer.from([0x25, 0x50, 0x44, 0x46, 0x00, 0xff, 0xfe]);
		answer = ({ method }) =>
			method === 'PUT'
				? { status: 200, body: { Attachments: [{ AttachmentID: 'a1', FileName: 'a b.pdf' }] } }
				: { status: 200, headers: { 'content-type': 'application/pdf' }, body: bytes };
		const engine = await createEngine({
			credentials: { hub: { baseUrl: hub.url, apiKey: 'xhk_test' } },
		});
		const ofInvoice: INodeParameters = {
			authentication: 'hub',
			resource: 'attachment',
			documentId: { __rl: true, mode: 'id', value: '11111111-2222-4333-8444-555555555555' },
		};
		const data = {
			data: bytes.toString('base64'),
			mimeType: 'application/pdf',
			fileName: 'a b.pdf',
		};

		const uploaded = await engine.run(
			xeroWorkflow({ parameters: { ...ofInvoice, operation: 'upload' } }),
			{ input: [{ json: {}, binary: { data } }] },
		);
		const downloaded = await engine.run(
			xeroWorkflow({ parameters: { ...ofInvoice, operation: 'download', file: 'a b.pdf' } }),
		);

		expect(uploaded.error).toBeUndefined();
		const [upload] = writes();
		expect(upload).toMatchObject({
			path: '/api/v1/xero/t-1/api.xro/2.0/Invoices/11111111-2222-4333-8444-555555555555/Attachments/a%20b.pdf',
			headers: { 'content-type': 'application/pdf', 'idempotency-key': expect.any(String) },
			bytes,
		});
		const file = downloaded.itemsOf(XERO_NODE)[0]?.binary?.['data'];
		expect(Buffer.from(file?.data ?? '', 'base64')).toEqual(bytes);
		expect(file?.mimeType).toBe('application/pdf');
	});
});
