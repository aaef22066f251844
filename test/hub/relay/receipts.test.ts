import { receiptFor } from '../../../hub-server/protocol';
import { eventually } from '../../support/eventually';
import { ENGINES } from '../../support/freshLedger';
import { startReceiver, type Received } from '../../support/receiver';
import { payloadOf, postWebhook, signatureOf, xeroEvent } from '../../support/signedWebhook';
import { startTestHub, type TestHub, type TestHubReply } from '../../support/startTestHub';

const WEBHOOK_KEY = 'the-webhook-key-of-the-app';
const KEY = { instanceId: 'n8n-1', workflowId: 'wf-1', nodeId: 'node-1' };

/** A trigger as the pack has it: it proves that it has taken what it is sent. */
async function startTrigger() {
	let secret = '';
	const trigger = await startReceiver(({ headers }, response) => {
		response.setHeader('webhook-receipt', receiptFor(secret, String(headers['webhook-id'])));
		response.end();
	});
	return {
		...trigger,
		use(of: string) {
			secret = of;
		},
	};
}

function urlsOf({ body }: TestHubReply): string[] {
	return (body as { items: { url: string }[] }).items.map(({ url }) => url);
}

describe.each(ENGINES)('what proves that a delivery was taken, on %s', (engine) => {
	let t: TestHub;
	let apiKey: string;
	beforeEach(async () => {
		t = await startTestHub({ engine, env: { HUB_ALLOWED_TARGETS: 'http://127.0.0.1' } });
		await t.call('POST', '/api/v1/workspaces', { name: 'Acme' });
		await t.call('PUT', '/api/v1/workspaces/acme/app-keys', {
			clientId: 'THE-CLIENT-ID-OF-THE-APP-0123456',
			clientSecret: 'THE-SECRET-OF-THE-APP-0123456789',
			webhookKey: WEBHOOK_KEY,
		});
		({ key: apiKey } = (
			await t.call('POST', '/api/v1/workspaces/acme/api-keys', { name: 'n8n' })
		).body);
	});
	afterEach(() => t.close());

	const call = (method: string, path: string, body?: unknown) =>
		t.call(method, `/api/v1${path}`, body, apiKey);
	const allow = (...urls: readonly string[]) =>
		t.call('PATCH', '/api/v1/workspaces/acme', { n8nBaseUrls: urls });
	const subscribe = (url: string, more: object = {}) =>
		call('POST', '/subscriptions', { url, events: ['*'], requireReceipt: true, ...more });
	const change = async () => {
		const body = payloadOf(xeroEvent());
		const url = `${t.hub.url}/webhooks/xero/acme`;
		expect((await postWebhook(url, body, signatureOf(body, WEBHOOK_KEY))).status).toBe(200);
	};
	const firstAttempt = () =>
		eventually('the first attempt', async () => {
			const [delivery] = (await call('GET', '/deliveries')).body.items;
			if (delivery === undefined) return undefined;
			const { attempts, status } = (await call('GET', `/deliveries/${delivery.id}`)).body;
			return attempts.length > 0 ? { ...attempts[0], delivery: status } : undefined;
		});

	it('is the receipt of the trigger', async () => {
		const trigger = await startTrigger();
		await allow(trigger.url);
		trigger.use((await subscribe(`${trigger.url}/webhook/one`)).body.secret);

		await change();

		expect(await firstAttempt()).toMatchObject({
			delivery: 'delivered',
			statusCode: 200,
			error: null,
		});
		await trigger.close();
	});

	it.each<[string, (received: Received) => Record<string, string>]>([
		['n8n, which is starting up', () => ({})],
		['something that made a receipt up', () => ({ 'webhook-receipt': 'v1,AAAA' })],
		[
			'something that kept the receipt of another delivery',
			() => ({ 'webhook-receipt': receiptFor('whsec_AAAA', 'another') }),
		],
	])('is no 200 of %s', async (_case, headersOf) => {
		const page = await startReceiver((request, response) => {
			response.writeHead(200, headersOf(request)).end('n8n is starting up. Please wait');
		});
		await allow(page.url);
		await subscribe(`${page.url}/webhook/one`);

		await change();

		expect(await firstAttempt()).toMatchObject({
			delivery: 'pending',
			statusCode: 200,
			error: expect.stringContaining("without the trigger's receipt"),
			responseBody: 'n8n is starting up. Please wait',
		});
		await page.close();
	});

	it('is any 2xx for whoever did not ask for receipts', async () => {
		const program = await startReceiver();
		await allow(program.url);
		await subscribe(`${program.url}/hook`, { requireReceipt: false });

		await change();

		expect(await firstAttempt()).toMatchObject({ delivery: 'delivered' });
		await program.close();
	});

	it('is the answer also when its body is cut', async () => {
		const trigger = await startReceiver((_request, response) => {
			response.writeHead(200, { 'content-length': '100' });
			response.write('half of');
			setTimeout(() => response.destroy(), 20);
		});
		await allow(trigger.url);
		await subscribe(`${trigger.url}/hook`, { requireReceipt: false });

		await change();

		expect(await firstAttempt()).toMatchObject({
			...{ delivery: 'delivered', statusCode: 200, responseBody: 'half of' },
		});
		await trigger.close();
	});

	it('tells a copy of n8n, which still answers at home, from one that has moved', async () => {
		const [home, copy, later] = await Promise.all([startTrigger(), startTrigger(), startTrigger()]);
		await allow(home.url, copy.url, later.url);
		const first = (await subscribe(`${home.url}/webhook/one`, { key: KEY })).body;
		for (const one of [home, copy, later]) one.use(first.secret);

		const cloned = await subscribe(`${copy.url}/webhook/one`, { key: KEY });
		copy.use(cloned.body.secret);
		const alerts = (await call('GET', '/alerts')).body.items;
		await Promise.all([home.close(), copy.close()]);
		const moved = await subscribe(`${later.url}/webhook/one`, { key: KEY });

		expect(home.received).toHaveLength(1);
		expect([cloned.status, moved.status]).toEqual([201, 200]);
		expect(cloned.body.id).not.toBe(first.id);
		expect(alerts).toMatchObject([{ kind: 'trigger_elsewhere', subject: cloned.body.id }]);
		expect(moved.body).toMatchObject({ movedFrom: expect.stringContaining('/webhook/one') });
		await later.close();
	});

	it('parks on delete, ends with discard, and says when a delete is about something else', async () => {
		const trigger = await startTrigger();
		await allow(trigger.url);
		const url = `${trigger.url}/webhook/one`;
		const { id, generation } = (await subscribe(url, { key: KEY })).body;
		const remove = (query: string) => call('DELETE', `/subscriptions/${id}?${query}`);

		const elsewhere = await remove(`url=${encodeURIComponent('https://copy.example.com/one')}`);
		const parked = await remove(`url=${encodeURIComponent(url)}&generation=${generation}`);
		const asleep = (await call('GET', `/subscriptions/${id}`)).body;
		const ended = await remove('discard=true');

		expect(elsewhere).toMatchObject({ status: 409, body: { code: 'subscription_elsewhere' } });
		expect([parked.status, ended.status]).toEqual([204, 204]);
		expect(asleep).toMatchObject({ status: 'parked', parkedUntil: expect.stringMatching(/^20/) });
		expect((await call('GET', `/subscriptions/${id}`)).status).toBe(404);
		await trigger.close();
	});

	it('moves by hand one trigger or all of an n8n, and only where deliveries may go', async () => {
		const [home, later] = await Promise.all([startTrigger(), startTrigger()]);
		await allow(home.url, later.url);
		const ids: string[] = [];
		for (const nodeId of ['a', 'b', 'c']) {
			const url = `${home.url}/webhook/${nodeId}`;
			ids.push((await subscribe(url, { key: { ...KEY, nodeId } })).body.id);
		}
		const move = (body: object) => call('POST', `/subscriptions/${ids[0]}/move`, body);

		const refused = await move({ to: 'http://169.254.169.254', ofInstance: true });
		const one = await move({ to: later.url });
		const others = await call('POST', `/subscriptions/${ids[1]}/move`, {
			to: later.url,
			ofInstance: true,
		});

		expect(refused).toMatchObject({ status: 400, body: { code: 'target_not_allowed' } });
		expect(urlsOf(one)).toEqual([`${later.url}/webhook/a`]);
		expect(urlsOf(others).sort()).toEqual([`${later.url}/webhook/b`, `${later.url}/webhook/c`]);
		await Promise.all([home.close(), later.close()]);
	});

	it('refuses members that it does not know, so that nobody relies on them', async () => {
		const { status, body } = await subscribe('https://n8n.example.com/one', { coalesceMinutes: 5 });

		expect(status).toBe(400);
		expect(body).toMatchObject({
			code: 'unknown_member',
			detail: expect.stringContaining('coalesceMinutes'),
		});
	});

	it('says its version, and what a pack may rely on', async () => {
		expect((await call('GET', '/workspace')).body).toMatchObject({
			hub: {
				version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
				features: expect.arrayContaining(['receipts', 'trigger-keys']),
			},
		});
	});
});
