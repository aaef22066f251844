import { Webhook } from 'standardwebhooks';
import { eventually } from '../../support/eventually';
import { ENGINES } from '../../support/freshLedger';
import { startReceiver } from '../../support/receiver';
import { payloadOf, postWebhook, signatureOf, xeroEvent } from '../../support/signedWebhook';
import { startTestHub, type TestHub } from '../../support/startTestHub';

const WEBHOOK_KEY = 'the-webhook-key';
const CLIENT_SECRET = 'the-client-secret';

describe.each(ENGINES)("the hub's API on %s", (engine) => {
	let t: TestHub;
	beforeAll(async () => {
		t = await startTestHub({ engine });
	});
	afterAll(() => t.close());

	/** A workspace of the test's own, with app keys and an API key. */
	async function provision(n8nBaseUrls: string[] = []) {
		const { body: workspace } = await t.call('POST', '/api/v1/workspaces', {
			name: 'Acme',
			slug: `acme-${Math.random().toString(36).slice(2)}`,
			n8nBaseUrls,
		});
		const base = `/api/v1/workspaces/${workspace.slug}`;
		await t.call('PUT', `${base}/app-keys`, {
			clientId: 'THE-CLIENT-ID',
			clientSecret: CLIENT_SECRET,
			webhookKey: WEBHOOK_KEY,
		});
		const { body: apiKey } = await t.call('POST', `${base}/api-keys`, { name: 'n8n' });
		return { workspace, base, apiKey, key: apiKey.key as string };
	}

	/** @returns the workspace's deliveries, once all that were made are delivered */
	function delivered(key: string) {
		return eventually('all deliveries to be delivered', async () => {
			const { body: list } = await t.call('GET', '/api/v1/deliveries', undefined, key);
			const states = list.items as readonly { readonly status: string }[];
			const isDone = states.every(({ status }) => status === 'delivered');
			return isDone ? list : undefined;
		});
	}

	describe('speaks problem+json with a stable code', () => {
		it.each([
			['no key', 'GET', '/api/v1/workspaces', undefined, null, 401, 'unauthenticated'],
			['an unknown key', 'GET', '/api/v1/workspaces', undefined, 'xha_no', 401, 'unauthenticated'],
			[
				'an API key for the operator',
				'GET',
				'/api/v1/workspaces',
				undefined,
				'xhk_x',
				403,
				'forbidden',
			],
			[
				'an unknown API key',
				'GET',
				'/api/v1/subscriptions',
				undefined,
				'xhk_x',
				401,
				'unauthenticated',
			],
			[
				'an admin key that names no workspace',
				'GET',
				'/api/v1/workspace',
				undefined,
				undefined,
				403,
				'forbidden',
			],
			[
				'an unknown workspace',
				'GET',
				'/api/v1/workspaces/none',
				undefined,
				undefined,
				404,
				'not_found',
			],
			[
				'a name that is missing',
				'POST',
				'/api/v1/workspaces',
				{},
				undefined,
				400,
				'invalid_request',
			],
			[
				'a slug with capitals',
				'POST',
				'/api/v1/workspaces',
				{ name: 'A', slug: 'A!' },
				undefined,
				400,
				'invalid_request',
			],
			[
				'a body that is no JSON',
				'POST',
				'/api/v1/workspaces',
				'{"name":',
				undefined,
				400,
				'invalid_request',
			],
			[
				'a body over 1 MB',
				'POST',
				'/api/v1/workspaces',
				`{"name":"${'x'.repeat(1_100_000)}"}`,
				undefined,
				413,
				'body_too_large',
			],
		])('for %s', async (_case, method, path, body, key, status, code) => {
			const answer = await t.call(method, path, body, key);

			expect(answer.status).toBe(status);
			expect(answer.headers.get('content-type')).toMatch('application/problem+json');
			expect(answer.body).toMatchObject({ status, code, type: 'about:blank' });
			expect(answer.body.detail).not.toBe('');
		});

		it('for an unknown path of the API', async () => {
			const { key } = await provision();

			const answer = await t.call('GET', '/api/v1/nowhere', undefined, key);

			expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
		});

		it('for a slug that is taken', async () => {
			const { workspace } = await provision();

			const answer = await t.call('POST', '/api/v1/workspaces', {
				name: 'Again',
				slug: workspace.slug,
			});

			expect(answer).toMatchObject({ status: 409, body: { code: 'conflict' } });
		});
	});

	describe('workspaces', () => {
		it('are created with the URLs that go into the Xero app', async () => {
			const { status, body } = await t.call('POST', '/api/v1/workspaces', { name: 'Café Noir' });

			expect(status).toBe(201);
			expect(body).toMatchObject({
				slug: 'cafe-noir',
				webhookUrl: 'http://localhost:8787/webhooks/xero/cafe-noir',
				redirectUri: 'http://localhost:8787/oauth/callback',
			});
		});

		it('can be listed, changed and removed', async () => {
			const { workspace, base } = await provision();

			const changed = await t.call('PATCH', base, {
				name: 'Acme Ltd',
				n8nBaseUrls: ['http://n8n:5678/'],
			});
			const { body: list } = await t.call('GET', '/api/v1/workspaces');
			const removed = await t.call('DELETE', base);
			const gone = await t.call('GET', base);

			expect(changed.body).toMatchObject({ name: 'Acme Ltd', n8nBaseUrls: ['http://n8n:5678'] });
			expect(list.items).toContainEqual(expect.objectContaining({ id: workspace.id }));
			expect([removed.status, gone.status]).toEqual([204, 404]);
		});

		it('show fingerprints of the app keys and never the keys', async () => {
			const { base } = await provision();

			const { body } = await t.call('GET', base);

			expect(body.appKeys).toMatchObject({ clientId: 'THE-CLIENT-ID', handshakeAt: null });
			expect(body.appKeys.clientSecretFingerprint).toMatch(/^[0-9a-f]{12}$/);
			expect(JSON.stringify(body)).not.toMatch(`${CLIENT_SECRET}|${WEBHOOK_KEY}`);
		});

		it('refuse app keys with a space in them and name the field', async () => {
			const { base } = await provision();

			const answer = await t.call('PUT', `${base}/app-keys`, {
				clientId: 'AN ID',
				clientSecret: CLIENT_SECRET,
			});

			expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
			expect(answer.body.detail).toMatch(/clientId.*space.*copy it again/);
		});
	});

	describe('API keys', () => {
		it('say which workspace they belong to', async () => {
			const { workspace, key } = await provision();

			const { body } = await t.call('GET', '/api/v1/workspace', undefined, key);

			expect(body).toMatchObject({ id: workspace.id, slug: workspace.slug, name: 'Acme' });
		});

		it('are shown once', async () => {
			const { base, key } = await provision();

			const { body } = await t.call('GET', `${base}/api-keys`);

			expect(body.items).toHaveLength(1);
			expect(JSON.stringify(body)).not.toContain(key);
		});

		it('end when they are revoked', async () => {
			const { base, apiKey, key } = await provision();

			await t.call('DELETE', `${base}/api-keys/${apiKey.id}`);

			expect((await t.call('GET', '/api/v1/workspace', undefined, key)).status).toBe(401);
		});

		it('are replaced at once when they are rotated', async () => {
			const { base, apiKey, key } = await provision();

			const { body: rotated } = await t.call('POST', `${base}/api-keys/${apiKey.id}/rotate`);

			expect((await t.call('GET', '/api/v1/workspace', undefined, key)).status).toBe(401);
			expect((await t.call('GET', '/api/v1/workspace', undefined, rotated.key)).status).toBe(200);
		});
	});

	describe('subscriptions', () => {
		const WISH = { url: 'http://n8n.internal:5678/webhook/1', events: ['contact.updated'] };

		it('are idempotent by URL and keep their secret', async () => {
			const { key } = await provision(['http://n8n.internal:5678']);

			const first = await t.call('POST', '/api/v1/subscriptions', WISH, key);
			const again = await t.call('POST', '/api/v1/subscriptions', { ...WISH, events: ['*'] }, key);
			const { body: list } = await t.call('GET', '/api/v1/subscriptions', undefined, key);

			expect([first.status, again.status]).toEqual([201, 200]);
			expect(first.body.secret).toMatch(/^whsec_/);
			expect(again.body).toMatchObject({
				id: first.body.id,
				secret: first.body.secret,
				events: ['*'],
			});
			expect(list.items).toHaveLength(1);
			expect(JSON.stringify(list)).not.toContain('whsec_');
		});

		it('are refused where deliveries may not go, with what to do', async () => {
			const { key } = await provision();

			const answer = await t.call('POST', '/api/v1/subscriptions', WISH, key);

			expect(answer).toMatchObject({ status: 400, body: { code: 'target_not_allowed' } });
		});

		it.each([undefined, 'production'])('are sent no sample in mode %p', async (mode) => {
			const { key } = await provision(['http://n8n.internal:5678']);

			const wish = { ...WISH, mode, sample: 'latest' };
			const answer = await t.call('POST', '/api/v1/subscriptions', wish, key);

			expect(answer.status).toBe(400);
			expect(answer.body.detail).toContain('sample');
		});

		it.each([0, 366, 1.5, '7'])('are refused for %p days overdue', async (overdueDays) => {
			const { key } = await provision(['http://n8n.internal:5678']);
			const wish = { ...WISH, events: ['invoice.overdue'], filter: { overdueDays } };

			const answer = await t.call('POST', '/api/v1/subscriptions', wish, key);

			expect(answer.status).toBe(400);
			expect(answer.body.detail).toMatch(/filter\.overdueDays/);
		});

		it('are refused for what is no event type', async () => {
			const { key } = await provision(['http://n8n.internal:5678']);

			const answer = await t.call(
				'POST',
				'/api/v1/subscriptions',
				{ ...WISH, events: ['Invoice'] },
				key,
			);

			expect(answer.body.detail).toMatch(/events\.0: is no event type/);
		});

		it('rest when they are deleted, and end when that is asked for', async () => {
			const { key } = await provision(['http://n8n.internal:5678']);
			const { body } = await t.call('POST', '/api/v1/subscriptions', WISH, key);

			const path = `/api/v1/subscriptions/${body.id}`;
			const remove = (query = '') => t.call('DELETE', `${path}${query}`, undefined, key);
			const parked = [await remove(), await remove(), await t.call('GET', path, undefined, key)];
			const ended = [await remove('?discard=true'), await remove()];

			expect(parked.map(({ status }) => status)).toEqual([204, 204, 200]);
			expect(parked[2]?.body).toMatchObject({ status: 'parked' });
			expect(ended.map(({ status }) => status)).toEqual([204, 404]);
		});

		it('are not seen with another workspace’s key', async () => {
			const mine = await provision(['http://n8n.internal:5678']);
			const other = await provision();
			const { body } = await t.call('POST', '/api/v1/subscriptions', WISH, mine.key);

			const answer = await t.call('GET', `/api/v1/subscriptions/${body.id}`, undefined, other.key);

			expect(answer.status).toBe(404);
		});
	});

	describe('deliveries', () => {
		it('travel signed from Xero’s webhook to the workflow, and are accounted for', async () => {
			const receiver = await startReceiver();
			const { workspace, key } = await provision([receiver.url]);
			const { body: subscription } = await t.call(
				'POST',
				'/api/v1/subscriptions',
				{ url: `${receiver.url}/webhook/1`, events: ['contact.updated'] },
				key,
			);
			const event = xeroEvent();
			const body = payloadOf(event);

			const ack = await postWebhook(
				`${t.hub.url}/webhooks/xero/${workspace.slug}`,
				body,
				signatureOf(body, WEBHOOK_KEY),
			);
			await receiver.until(1);

			expect(ack.status).toBe(200);
			const [delivered] = receiver.received;
			const headers = delivered?.headers as Record<string, string>;
			expect(new Webhook(subscription.secret).verify(delivered?.body ?? '', headers)).toMatchObject(
				{
					type: 'contact.updated',
					workspace: workspace.slug,
					source: 'webhook',
					tenant: { id: event.tenantId, name: null },
					resource: { id: event.resourceId, url: event.resourceUrl, entity: 'contact' },
					occurredAt: '2026-11-02T09:00:00.123Z',
				},
			);
			const { body: list } = await t.call('GET', '/api/v1/deliveries', undefined, key);
			expect(list.items[0].id).toBe(headers['webhook-id']);
			await receiver.close();
		});

		it('can be replayed: a new delivery of the same event', async () => {
			const receiver = await startReceiver();
			const { workspace, key } = await provision([receiver.url]);
			const url = `${receiver.url}/webhook/1`;
			await t.call('POST', '/api/v1/subscriptions', { url, events: ['*'] }, key);
			const body = payloadOf(xeroEvent());
			const webhookUrl = `${t.hub.url}/webhooks/xero/${workspace.slug}`;
			await postWebhook(webhookUrl, body, signatureOf(body, WEBHOOK_KEY));
			await receiver.until(1);
			// One that is still under way is not sent a second time.
			const list = await delivered(key);

			const replay = await t.call(
				'POST',
				`/api/v1/deliveries/${list.items[0].id}/replay`,
				undefined,
				key,
			);
			await receiver.until(2);

			const [first, second] = receiver.received.map(({ body: text }) => JSON.parse(text));
			expect(replay.status).toBe(202);
			expect(second).toMatchObject({ id: first.id, source: 'replay' });
			expect(receiver.received[1]?.headers['webhook-id']).toBe(replay.body.id);
			await receiver.close();
		});

		it('can be replayed over a time range', async () => {
			const receiver = await startReceiver();
			const { workspace, key } = await provision([receiver.url]);
			const body = payloadOf(xeroEvent(), xeroEvent());
			const webhookUrl = `${t.hub.url}/webhooks/xero/${workspace.slug}`;
			await postWebhook(webhookUrl, body, signatureOf(body, WEBHOOK_KEY));
			await t.call('GET', '/api/v1/events', undefined, key);
			await t.call('POST', '/api/v1/subscriptions', { url: receiver.url, events: ['*'] }, key);

			const since = new Date(Date.now() - 60_000).toISOString();
			const until = new Date(Date.now() + 60_000).toISOString();
			const replay = await t.call('POST', '/api/v1/replays', { since, until }, key);
			await receiver.until(2);

			expect(replay).toMatchObject({ status: 202, body: { deliveries: 2 } });
			await receiver.close();
		});

		it('tells how far a replay is, also of what was never delivered, and ends one', async () => {
			const receiver = await startReceiver();
			const { workspace, key } = await provision([receiver.url]);
			await t.call('POST', '/api/v1/subscriptions', { url: receiver.url, events: ['*'] }, key);
			const body = payloadOf(xeroEvent());
			const webhookUrl = `${t.hub.url}/webhooks/xero/${workspace.slug}`;
			await postWebhook(webhookUrl, body, signatureOf(body, WEBHOOK_KEY));
			await receiver.until(1);
			await eventually('the delivery', async () => {
				const { items } = (await t.call('GET', '/api/v1/deliveries', undefined, key)).body;
				return items[0]?.status === 'delivered' || undefined;
			});

			const since = new Date(Date.now() - 60_000).toISOString();
			const until = new Date(Date.now() + 60_000).toISOString();
			const asked = [
				{ since, until, filter: { status: 'undelivered' } },
				{ since, until, status: 'undelivered' },
			];
			for (const one of asked) {
				const { body: started } = await t.call('POST', '/api/v1/replays', one, key);
				const path = `/api/v1/replays/${started.id}`;
				const { body: progress } = await t.call('GET', path, undefined, key);
				const ended = await t.call('DELETE', path, undefined, key);

				expect(progress).toEqual(started);
				expect(progress).toMatchObject({ status: 'finished', deliveries: 0, made: 0 });
				expect(ended).toMatchObject({ status: 200, body: progress });
			}
			await receiver.close();
		});

		it('can be tried with a test that reports what the workflow answered', async () => {
			const receiver = await startReceiver();
			const { key } = await provision([receiver.url]);
			const url = `${receiver.url}/webhook/1`;
			const { body } = await t.call('POST', '/api/v1/subscriptions', { url, events: ['*'] }, key);

			const test = await t.call('POST', `/api/v1/subscriptions/${body.id}/test`, undefined, key);

			expect(test.body).toMatchObject({ delivered: true, statusCode: 200, error: null });
			await receiver.close();
		});

		it('are listed in pages, newest first', async () => {
			const { workspace, key } = await provision();
			const body = payloadOf(...Array.from({ length: 5 }, () => xeroEvent()));
			const webhookUrl = `${t.hub.url}/webhooks/xero/${workspace.slug}`;
			await postWebhook(webhookUrl, body, signatureOf(body, WEBHOOK_KEY));

			const first = await t.call('GET', '/api/v1/events?limit=3', undefined, key);
			const next = first.body.nextCursor as string;
			const second = await t.call('GET', `/api/v1/events?limit=3&cursor=${next}`, undefined, key);

			const ids = [...first.body.items, ...second.body.items].map(({ id }) => id as string);
			expect(first.body.items).toHaveLength(3);
			expect(second.body).toMatchObject({ nextCursor: null });
			expect(ids).toEqual([...new Set(ids)].sort().reverse());
		});
	});

	describe('for its operator', () => {
		it('says that it lives and that it is ready', async () => {
			const alive = await t.call('GET', '/healthz', undefined, null);
			const ready = await t.call('GET', '/readyz', undefined, null);

			expect(alive.status).toBe(200);
			expect(ready).toMatchObject({
				status: 200,
				body: { status: 'ready', checks: { disk: 'ok', database: 'ok', queue: 'ok' } },
			});
		});

		it('shows Prometheus what it did, without names and ids', async () => {
			const { workspace } = await provision();
			const body = payloadOf(xeroEvent());
			const webhookUrl = `${t.hub.url}/webhooks/xero/${workspace.slug}`;
			await postWebhook(webhookUrl, body, 'wrong');

			const { body: metrics } = await t.call('GET', '/metrics', undefined, null);

			expect(metrics).toMatch(/xero_hub_webhook_answer_seconds_count\{status="401"\} \d+/);
			expect(metrics).not.toContain(workspace.slug);
		});

		it('notes when Xero’s intent-to-receive check was answered', async () => {
			const { workspace, base, key } = await provision();
			const body = payloadOf();
			const webhookUrl = `${t.hub.url}/webhooks/xero/${workspace.slug}`;

			await postWebhook(webhookUrl, body, signatureOf(body, WEBHOOK_KEY));
			await t.call('GET', '/api/v1/events', undefined, key);

			expect((await t.call('GET', base)).body.appKeys.handshakeAt).toMatch(/^\d{4}-/);
		});
	});
});
