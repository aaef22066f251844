import { ENGINES } from '../../support/freshLedger';
import { payloadOf, postWebhook, signatureOf, xeroEvent } from '../../support/signedWebhook';
import { startTestHub, type TestHub } from '../../support/startTestHub';

const WEBHOOK_KEY = 'the-webhook-key';
const KEY = { instanceId: 'n8n', workflowId: 'wf', nodeId: 'node' };

describe.each(ENGINES)('pulling over the API on %s', (engine) => {
	let t: TestHub;
	beforeAll(async () => {
		t = await startTestHub({ engine });
	});
	afterAll(() => t.close());

	let workspaces = 0;

	async function provision(name: string) {
		workspaces += 1;
		const wish = { name, slug: `pulls-${workspaces}` };
		const { slug } = (await t.call('POST', '/api/v1/workspaces', wish)).body;
		const base = `/api/v1/workspaces/${slug}`;
		const appKeys = {
			...{ clientId: 'THE-CLIENT-ID', clientSecret: 'the-client-secret' },
			webhookKey: WEBHOOK_KEY,
		};
		await t.call('PUT', `${base}/app-keys`, appKeys);
		const { key } = (await t.call('POST', `${base}/api-keys`, { name: 'n8n' })).body;
		return {
			call: (method: string, path: string, body?: unknown) =>
				t.call(method, `/api/v1${path}`, body, key),
			async tell(...events: ReturnType<typeof xeroEvent>[]) {
				const body = payloadOf(...events);
				const url = `${t.hub.url}/webhooks/xero/${slug}`;
				await postWebhook(url, body, signatureOf(body, WEBHOOK_KEY));
				await t.call('GET', '/api/v1/deliveries', undefined, key);
			},
		};
	}

	it('gives an n8n without an address its events, and ends them when they are acknowledged', async () => {
		const { call, tell } = await provision('Pulls');
		const made = await call('POST', '/subscriptions', {
			...{ key: KEY, events: ['contact.updated'], delivery: 'pull' },
		});
		const event = xeroEvent();
		await tell(event);
		const path = `/subscriptions/${made.body.id}`;

		const page = await call('GET', `${path}/pull?max=10&generation=${made.body.generation}`);
		const { leaseId, items } = page.body;
		const ids = (items as { id: string }[]).map(({ id }) => id);
		const said = await call('POST', `${path}/acknowledge`, { ids, leaseId });
		const again = await call('POST', `${path}/acknowledge`, { ids: [...ids, 'nothing'] });

		expect(made).toMatchObject({ status: 201, body: { url: 'pull:n8n/wf/node', pulledAt: null } });
		expect(items).toMatchObject([
			{ attempt: 1, event: { type: 'contact.updated', resource: { id: event.resourceId } } },
		]);
		expect(said.body.items).toEqual([{ id: ids[0], outcome: 'acknowledged' }]);
		expect(again.body.items).toMatchObject([{ outcome: 'already' }, { outcome: 'unknown' }]);
		const { body: delivery } = await call('GET', `/deliveries/${ids[0]}`);
		expect(delivery).toMatchObject({ status: 'delivered', attempts: [{ number: 1, error: null }] });
	});

	it.each([
		['nothing that it could be known by', {}, /url: must be a name such as pull:nightly-books/],
		['an address', { url: 'https://n8n.example.com/x' }, /url: must be a name such as/],
		[
			'receipts',
			{ url: 'pull:books', requireReceipt: true },
			/requireReceipt: is for deliveries that are pushed/,
		],
		[
			'a name, where it is to be sent to',
			{ url: 'pull:books', delivery: 'push' },
			/url: must be an http/,
		],
		['no URL, where it is to be sent to', { key: KEY, delivery: 'push' }, /url: must be an http/],
	])('refuses a subscription with %s', async (_, wish, detail) => {
		const { call } = await provision('Refused');

		const answer = await call('POST', '/subscriptions', {
			...{ events: ['*'], delivery: 'pull' },
			...wish,
		});

		expect(answer.status).toBe(400);
		expect(answer.body.detail).toMatch(detail);
	});

	it('says what cannot be pulled, and what has nothing to be tested', async () => {
		const { call } = await provision('Others');
		const pulled = await call('POST', '/subscriptions', {
			...{ url: 'pull:books', events: ['*'], delivery: 'pull' },
		});
		const path = `/subscriptions/${pulled.body.id}`;

		const test = await call('POST', `${path}/test`);
		const tooMany = await call('GET', `${path}/pull?max=101`);
		const unknown = await call('GET', '/subscriptions/nothing/pull');
		const former = await call('GET', `${path}/pull?generation=0`);
		await call('DELETE', path);
		const parked = await call('GET', `${path}/pull`);

		expect(test).toMatchObject({ status: 409, body: { code: 'conflict' } });
		expect(tooMany.status).toBe(400);
		expect(unknown).toMatchObject({ status: 404, body: { code: 'not_found' } });
		expect(former).toMatchObject({ status: 409, body: { code: 'subscription_elsewhere' } });
		expect(parked.body.detail).toMatch(/is parked/);
	});

	it.each([
		['a sample, which nobody could send', { mode: 'test', sample: 'example' }, 'sample'],
		['an unknown member of its key', { key: { ...KEY, nodeName: 'Pull' } }, 'nodeName'],
		['a key that no database keeps', { key: { ...KEY, nodeId: 'node\0' } }, 'body.key.nodeId'],
	])('refuses a subscription with %s', async (_, wish, named) => {
		const { call } = await provision('Refused');

		const { status, body } = await call('POST', '/subscriptions', {
			...{ key: KEY, events: ['contact.updated'], delivery: 'pull' },
			...wish,
		});

		expect([status, body.detail]).toEqual([400, expect.stringContaining(named)]);
	});

	it('refuses an id that no database keeps', async () => {
		const { call } = await provision('Refused');

		expect((await call('GET', '/subscriptions/a%00b')).status).toBe(400);
	});

	it('gives a running copy of a trigger a subscription of its own', async () => {
		const { call } = await provision('Copied');
		const wish = { key: KEY, events: ['*'], delivery: 'pull' };
		const original = (await call('POST', '/subscriptions', wish)).body;
		const copy = (await call('POST', '/subscriptions', { ...wish, generation: 1 })).body;
		const pull = (generation: number) =>
			call('GET', `/subscriptions/${original.id}/pull?generation=${generation}`);
		await pull(copy.generation);

		const displaced = await pull(original.generation);
		const own = await call('POST', '/subscriptions', { ...wish, generation: 1 });

		expect(displaced.status).toBe(409);
		expect(own.status).toBe(201);
		expect(own.body.url).toMatch(/^pull:n8n\/wf\/node#/);
		const { items } = (await call('GET', '/alerts')).body;
		expect(items).toMatchObject([{ kind: 'trigger_elsewhere' }]);
	});
});
