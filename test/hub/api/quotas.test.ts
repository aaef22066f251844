import { request as httpRequest } from 'node:http';
import { receiptFor } from '../../../hub-server/protocol';
import { ENGINES } from '../../support/freshLedger';
import { startReceiver } from '../../support/receiver';
import { startTestHub, type TestHub } from '../../support/startTestHub';

const TENANT = '11111111-1111-4111-8111-111111111111';

describe.each(ENGINES)('the quotas of a workspace on %s', (engine) => {
	let t: TestHub;
	let base: string;
	let key: string;
	beforeEach(async () => {
		t = await startTestHub({
			engine,
			env: {
				HUB_QUOTA_SUBSCRIPTIONS: '2',
				HUB_QUOTA_PLANS: '{"small": {"subscriptions": 1, "replays": 0}}',
			},
		});
		await t.call('POST', '/api/v1/workspaces', {
			name: 'Acme',
			n8nBaseUrls: ['http://127.0.0.1:9'],
		});
		base = '/api/v1/workspaces/acme';
		key = (await t.call('POST', `${base}/api-keys`, { name: 'n8n' })).body.key;
	});
	afterEach(() => t.close());

	const subscribe = (name: string) =>
		t.call(
			'POST',
			'/api/v1/subscriptions',
			{ url: `http://127.0.0.1:9/${name}`, events: ['*'] },
			key,
		);
	const replay = () =>
		t.call(
			'POST',
			'/api/v1/replays',
			{ since: '2026-01-01T00:00:00Z', until: '2026-02-01T00:00:00Z' },
			key,
		);

	it('end with a refusal that names the quota, its limit and who raises it', async () => {
		await subscribe('one');
		await subscribe('two');

		const refused = await subscribe('three');

		expect(refused.status).toBe(429);
		expect(refused.body).toMatchObject({
			code: 'quota_reached',
			quota: 'subscriptions',
			limit: 2,
			detail: expect.stringMatching(/"subscriptions" of 2\..* operator of the hub raises/),
		});
		expect((await subscribe('two')).status).toBe(200);
	});

	it('count each copy of a trigger whose original answers: one trigger is no way around them', async () => {
		const secrets = new Map<string, string>();
		const trigger = await startReceiver(({ path, headers }, response) => {
			const secret = secrets.get(path) ?? '';
			response.setHeader('webhook-receipt', receiptFor(secret, String(headers['webhook-id'])));
			response.end();
		});
		await t.call('PATCH', base, {
			n8nBaseUrls: [trigger.url, 'http://127.0.0.1:9'],
			quotas: { subscriptions: 1 },
		});
		const create = (url: string) =>
			t.call(
				'POST',
				'/api/v1/subscriptions',
				{
					...{ url, events: ['*'], requireReceipt: true },
					key: { instanceId: 'n8n-1', workflowId: 'wf-1', nodeId: 'node-1' },
				},
				key,
			);
		const original = await create(`${trigger.url}/webhook/one`);
		secrets.set('/webhook/one', original.body.secret);

		const copy = await create('http://127.0.0.1:9/webhook/one');
		const again = await create(`${trigger.url}/webhook/one`);

		expect([original.status, copy.status, again.status]).toEqual([201, 429, 200]);
		await trigger.close();
	});

	it('are those of its plan, and its own above it, as an admin set them', async () => {
		await t.call('PATCH', base, { quotas: { plan: 'small' } });
		await subscribe('one');
		expect((await subscribe('two')).body).toMatchObject({ code: 'quota_reached', limit: 1 });
		expect((await replay()).body).toMatchObject({ code: 'quota_reached', quota: 'replays' });

		const changed = await t.call('PATCH', base, { quotas: { plan: 'small', subscriptions: 3 } });
		expect(changed.body).toMatchObject({
			quotas: { plan: 'small', subscriptions: 3 },
			limits: { subscriptions: 3, replays: 0, streams: 100 },
		});
		expect((await subscribe('two')).status).toBe(201);

		await t.call('PATCH', base, { quotas: {} });
		expect((await subscribe('three')).body).toMatchObject({ limit: 2 });
		expect((await replay()).status).toBeLessThan(300);
	});

	it.each([
		[{ plan: 'huge' }, /quotas\.plan.*there are small/],
		[{ subscriptions: -1 }, /subscriptions/],
		[{ subscription: 5 }, /subscription/],
	])('refuse %j', async (quotas, reason) => {
		const refused = await t.call('PATCH', base, { quotas });

		expect(refused.status).toBe(400);
		expect(refused.body.detail).toMatch(reason);
	});

	it('name every quota in what an admin reads, with what is kept', async () => {
		const { body } = await t.call('GET', base);

		expect(body).toMatchObject({
			quotas: {},
			limits: {
				subscriptions: 2,
				organisations: 1_000,
				replays: 10,
				streams: 100,
				uploadBytes: 67_108_864,
				keptEvents: 10_000_000,
				keptBytes: 50_000_000_000,
			},
			kept: { events: 0, bytes: 0 },
		});
	});

	it('let no organisation be connected beyond them, by an admin or by a connect link', async () => {
		await t.call('PUT', `${base}/app-keys`, { clientId: 'CLIENT', clientSecret: 'SECRET' });
		await t.call('PATCH', base, { quotas: { organisations: 0 } });

		expect((await t.call('POST', `${base}/connect`)).body).toMatchObject({
			code: 'quota_reached',
			quota: 'organisations',
			limit: 0,
		});
		const { url } = (await t.call('POST', `${base}/connect-links`, {})).body;
		const page = await fetch(t.hub.url + new URL(url).pathname, { redirect: 'manual' });
		expect(page.status).toBeGreaterThanOrEqual(400);
		expect(await page.text()).toMatch(
			/quota &quot;organisations&quot; of 0|quota "organisations" of 0/,
		);
	});

	it('are beside what is kept, which the metrics tell of all', async () => {
		const { body } = await t.call('GET', '/metrics', undefined, null);

		expect(body).toMatch(/xero_hub_ledger_bytes\{part="total"\} [1-9]/);
		expect(body).toMatch(/xero_hub_kept\{what="events"\} 0/);
	});

	/** Begins an upload, and never ends it. */
	async function beginUpload(tenantId: string, headers: Record<string, string>, first = 'x') {
		const upload = httpRequest(`${t.hub.url}/api/v1/xero/${tenantId}/api.xro/2.0/Invoices`, {
			method: 'PUT',
			headers: { authorization: `Bearer ${key}`, ...headers },
		});
		upload.on('error', () => {});
		upload.write(first);
		const answered = new Promise<{ status: number; body: string; connection?: string }>(
			(resolve) => {
				upload.once('response', (response) => {
					const chunks: Buffer[] = [];
					response.on('data', (chunk: Buffer) => chunks.push(chunk));
					response.on('close', () =>
						resolve({
							status: response.statusCode ?? 0,
							body: Buffer.concat(chunks).toString(),
							connection: response.headers.connection ?? '',
						}),
					);
				});
			},
		);
		return { answered, end: () => upload.destroy() };
	}

	it('refuse an upload to an organisation that is not there before its body has come', async () => {
		const upload = await beginUpload(TENANT, { 'content-length': '1000000' });

		expect(await upload.answered).toMatchObject({ status: 404, connection: 'close' });
		upload.end();
	});
});
