import { randomUUID } from 'node:crypto';
import { ENGINES } from '../../support/freshLedger';
import { payloadOf, postWebhook, signatureOf, xeroEvent } from '../../support/signedWebhook';
import { startTestHub, type TestHub } from '../../support/startTestHub';

describe.each(ENGINES)('what Xero sends and nobody can read, on %s', (engine) => {
	let hub: TestHub;
	let clock: number;
	beforeEach(async () => {
		clock = Date.now();
		hub = await startTestHub({ engine, now: () => clock });
	});
	afterEach(() => hub.close());

	async function aWorkspace(name: string) {
		const webhookKey = randomUUID();
		const { slug } = (await hub.call('POST', '/api/v1/workspaces', { name })).body;
		await hub.call('PUT', `/api/v1/workspaces/${slug}/app-keys`, {
			clientId: 'CLIENT',
			clientSecret: 'SECRET',
			webhookKey,
		});
		const { key } = (await hub.call('POST', `/api/v1/workspaces/${slug}/api-keys`, { name: 'n8n' }))
			.body;
		return {
			call: (method: string, path: string, body?: unknown) =>
				hub.call(method, `/api/v1${path}`, body, key),
			async send(body: string): Promise<number> {
				const url = `${hub.hub.url}/webhooks/xero/${slug}`;
				return (await postWebhook(url, body, signatureOf(body, webhookKey))).status;
			},
		};
	}

	const deep = `{"events":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
	const withNul = payloadOf(xeroEvent({ resourceId: 'a\0b' }));
	const metric = async (name: string) =>
		new RegExp(`^${name.replace(/[{}]/g, '\\$&')} (.*)$`, 'm').exec(
			(await hub.call('GET', '/metrics')).body,
		)?.[1];

	it('gets its 200, is put aside with an alert, and holds up nobody, itself included', async () => {
		const [acme, beta] = [await aWorkspace('Acme'), await aWorkspace('Beta')];

		expect(await acme.send(deep)).toBe(200);
		expect(await acme.send(withNul)).toBe(200);
		expect(await acme.send(payloadOf(xeroEvent()))).toBe(200);
		expect(await beta.send(payloadOf(xeroEvent()))).toBe(200);

		expect((await acme.call('GET', '/events')).body.items).toHaveLength(1);
		expect((await beta.call('GET', '/events')).body.items).toHaveLength(1);
		expect((await acme.call('GET', '/alerts')).body.items).toEqual([
			expect.objectContaining({
				kind: 'payload_put_aside',
				subject: 'payloads',
				message: expect.stringMatching(/^2 payloads from Xero could not be read or written whole/),
			}),
		]);
		expect((await beta.call('GET', '/alerts')).body.items).toEqual([]);
		expect((await hub.call('GET', '/readyz')).status).toBe(200);
		expect(await metric('xero_hub_alerts_open{kind="payload_put_aside"}')).toBe('1');
		expect(await metric('xero_hub_oldest_unrouted_payload_seconds')).toBe('0');
	});

	it('is shown with its fault and its bytes, newest first', async () => {
		const acme = await aWorkspace('Acme');
		await acme.send(deep);
		await acme.send(withNul);

		const { items } = (await acme.call('GET', '/payloads')).body;
		const { body } = (await acme.call('GET', `/payloads/${items[0].id}`)).body;

		expect((items as { fault: string }[]).map(({ fault }) => fault)).toEqual([
			'events[0]: resourceId holds characters that no text has',
			'the body is nested more than 32 levels deep',
		]);
		expect(Buffer.from(body, 'base64').toString()).toBe(withNul);
		expect((await acme.call('GET', '/payloads/7')).status).toBe(404);
		expect((await acme.call('GET', '/payloads/payload-999')).status).toBe(404);
		expect((await acme.call('GET', '/payloads?cursor=x')).body.items).toEqual([]);
	});

	it('is routed again when asked, which ends the alert only where it can be read now', async () => {
		const acme = await aWorkspace('Acme');
		await acme.send(withNul);

		const [{ id }] = (await acme.call('GET', '/payloads')).body.items;

		const again = await acme.call('POST', `/payloads/${id}/route`);

		expect(again.status).toBe(204);
		expect((await acme.call('POST', '/payloads/x/route')).status).toBe(404);
		expect((await acme.call('GET', '/alerts')).body.items).toHaveLength(1);
	});

	it('is nobody’s concern any more once it was dismissed', async () => {
		const acme = await aWorkspace('Acme');
		await acme.send(withNul);
		const [{ id }] = (await acme.call('GET', '/payloads')).body.items;

		const dismissed = await acme.call('POST', `/payloads/${id}/dismiss`);

		expect(dismissed.status).toBe(204);
		expect((await acme.call('POST', `/payloads/${id}/dismiss`)).status).toBe(404);
		expect((await acme.call('GET', '/alerts')).body.items).toEqual([]);
		expect((await acme.call('GET', '/payloads')).body.items).toEqual([]);
	});
});
