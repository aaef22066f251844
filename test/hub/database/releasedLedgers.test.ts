import { createHmac } from 'node:crypto';
import { releasedLedgers } from '../../fixtures/releasedLedgers/ReleasedLedger';
import { eventually } from '../../support/eventually';
import { ENGINES } from '../../support/freshLedger';
import { openReleased, type OpenedRelease } from '../../support/openReleased';
import { formBrowser } from '../../support/portal/formBrowser';
import type { Received } from '../../support/receiver';
import { payloadOf, postWebhook, signatureOf, xeroEvent } from '../../support/signedWebhook';

/** The whole of it is on disk when the hub starts: what it does then must be done in this time. */
const SOON_MS = 20_000;

const CASES = ENGINES.flatMap((engine) =>
	releasedLedgers(engine).map((ledger) => ({ engine, release: ledger.release, ledger })),
);

it.each(ENGINES)('there is a released ledger on %s', (engine) => {
	expect(CASES.filter((one) => one.engine === engine).length).toBeGreaterThan(0);
});

describe.each(CASES)('the ledger of release $release on $engine', ({ ledger }) => {
	const { facts } = ledger;
	const { acme, beta, gamma, delta, owner, colleague } = facts;
	let opened: OpenedRelease;
	beforeAll(async () => {
		opened = await openReleased(ledger);
	});
	afterAll(() => opened?.close());

	const get = (path: string, key: string) =>
		opened.hub.call('GET', `/api/v1${path}`, undefined, key);
	const browser = (cookies?: Readonly<Record<string, string>>) =>
		formBrowser(opened.hub.hub.url, new Map(Object.entries(cookies ?? {})));
	const sentTo = (name: string) =>
		opened.n8n.received.filter(({ path }) => path === `/webhook/${name}`);

	it('is brought up to date, and loses no row by it', () => {
		const { kysely_migration: migrations = 0, ...rows } = facts.counts;

		expect(opened.migrated).toMatchObject(rows);
		expect(opened.migrated['kysely_migration']).toBeGreaterThanOrEqual(migrations);
		expect(migrations).toBe(facts.migrations);
	});

	it('is not purged before its people were told', () => {
		expect(opened.migrated['first_purge']).toBe(1);
	});

	it('lets in the keys that were valid, and no other', async () => {
		const { body: workspaces } = await get('/workspaces', facts.adminKey);

		expect((workspaces.items as { slug: string }[]).map(({ slug }) => slug).sort()).toEqual([
			'acme',
			'beta',
			'delta',
			'gamma',
		]);
		expect((await get('/workspace', acme.apiKey)).body).toMatchObject({ slug: 'acme' });
		// It may do what it could, and is listed as old.
		const { items: keys } = (await get('/workspaces/acme/api-keys', facts.adminKey)).body;
		expect(keys[0]).toMatchObject({ isOld: true, tenantIds: null, expiresAt: null });
		expect((await get('/workspace', acme.revokedApiKey)).status).toBe(401);
		expect((await get('/workspaces', acme.apiKey)).status).toBe(403);
	});

	it('keeps the public connect links that were there, told to be old, and makes no new one', async () => {
		const { body: kept } = await get('/workspaces/acme', facts.adminKey);
		const { body: made } = await opened.hub.call(
			...(['POST', '/api/v1/workspaces', { name: 'New since' }, facts.adminKey] as const),
		);
		const open = async (slug: string) =>
			(await fetch(`${opened.hub.hub.url}/connect/${slug}`, { redirect: 'manual' })).status;

		expect(kept).toMatchObject({ connectLink: true, connectUrl: expect.any(String) });
		expect(made).toMatchObject({ connectLink: false, connectUrl: null });
		expect(await open('acme')).toBe(302);
		expect(await open('new-since')).toBe(403);
		await opened.hub.call('DELETE', '/api/v1/workspaces/new-since', undefined, facts.adminKey);
	});

	it('delivers what waited, with the secrets that the workflows know', async () => {
		await eventually(
			'the deliveries',
			async () =>
				['down', 'hydrated', 'all', 'flaky'].every((name) => sentTo(name).length > 0) || undefined,
			{ timeoutMs: SOON_MS },
		);
		for (const name of ['down', 'hydrated', 'flaky']) {
			for (const one of sentTo(name)) {
				expect(signaturesOf(one)).toEqual([signed(one, acme.subscriptions[name]?.secret)]);
			}
		}
		for (const one of sentTo('all')) {
			expect(signaturesOf(one)).toEqual([
				signed(one, acme.subscriptions['all']?.secret),
				signed(one, acme.replacedSecret),
			]);
		}
		expect(sentTo('down')).toHaveLength(1);
		expect(JSON.parse(sentTo('hydrated')[0]?.body ?? '')).toMatchObject({
			type: 'invoice.updated',
			record: { InvoiceID: acme.awaitedInvoiceId },
		});
		expect(sentTo('flaky')[0]?.body).toContain(acme.unroutedResourceId);
		expect(sentTo('all')[0]?.body).toContain(acme.unroutedResourceId);
	});

	it('knows how every delivery ended, and how often it was tried', async () => {
		const ends = Object.entries(acme.deliveries).map(([id, { status, attempt, to }]) => {
			const waited = status === 'pending' || status === 'waiting';
			// The record is a sales invoice: whoever asked for bills is not meant.
			const end = !waited ? status : to === 'bills' ? 'filtered' : 'delivered';
			return { id, status: end, attempt: end === 'delivered' && waited ? attempt + 1 : attempt };
		});
		expect(new Set(Object.values(acme.deliveries).map(({ status }) => status))).toEqual(
			new Set(['waiting', 'pending', 'delivered', 'dead', 'filtered', 'cancelled']),
		);

		for (const { id, status, attempt } of ends) {
			const { body } = await eventually(
				`the end of ${id}`,
				async () => {
					const reply = await get(`/deliveries/${id}`, acme.apiKey);
					return ['waiting', 'pending'].includes(reply.body.status) ? undefined : reply;
				},
				{ timeoutMs: SOON_MS },
			);
			expect(body).toMatchObject({ id, status, attempt });
			expect(body.attempts).toHaveLength(attempt);
		}
	});

	it('knows every event and what became of its record', async () => {
		const { body } = await get('/events?limit=200', acme.apiKey);
		const kept = new Map(
			(body.items as { id: string; record: string }[]).map((one) => [one.id, one.record]),
		);

		expect(new Set(Object.values(acme.events).map(({ record }) => record))).toEqual(
			new Set(['not_needed', 'needed', 'ready', 'unavailable']),
		);
		for (const [id, { record }] of Object.entries(acme.events)) {
			expect(kept.get(id)).toBe(record === 'needed' ? 'ready' : record);
		}
	});

	it('opens its tokens, and takes the answer of Xero that a dead hub left in the journal', async () => {
		const asked = opened.xero.received.length;

		for (const { apiKey, connectionId } of [beta, delta]) {
			const { status, body } = await get(`/connections/${connectionId}/token`, apiKey);
			expect(status).toBe(200);
			expect(body.accessToken).toMatch(/^eyJ/);
		}
		const { body } = await get(`/connections/${acme.connectionId}/token`, acme.apiKey);
		expect(body.accessToken).toBe(acme.accessToken);
		expect(tokenRequests(opened.xero.received.slice(asked))).toEqual([]);
	});

	it('refreshes with the app keys that were saved', async () => {
		const path = `/xero/${acme.tenantId}/api.xro/2.0/Organisation`;

		expect((await get(path, acme.apiKey)).status).toBe(200);

		const [request] = tokenRequests(opened.xero.received);
		const credentials = `${acme.clientId}:${acme.clientSecret}`;
		expect(request?.headers.authorization).toBe(
			`Basic ${Buffer.from(credentials).toString('base64')}`,
		);
		expect(new URLSearchParams(request?.body).get('refresh_token')).toMatch(/^\S{20,}$/);
	});

	it.each([
		['the webhook key', acme.webhookKey, 200],
		['the one that it replaced', acme.replacedWebhookKey, 200],
		['another one', 'another-webhook-key', 401],
	])('answers Xero by %s', async (_, key, status) => {
		const body = payloadOf(xeroEvent({ tenantId: acme.tenantId }));
		const url = `${opened.hub.hub.url}/webhooks/xero/acme`;

		expect((await postWebhook(url, body, signatureOf(body, key))).status).toBe(status);
	});

	it('still tells of the consent that ended', async () => {
		const { body } = await get('/alerts', gamma.apiKey);

		expect(body.items).toMatchObject([{ id: gamma.alertId, kind: 'reauth_required' }]);
	});

	it('lets people sign in, to what they may see', async () => {
		for (const [person, seesBeta] of [
			[owner, true],
			[colleague, false],
		] as const) {
			const visitor = browser();
			const page = await visitor.submit(await visitor.get('/sign-in'), '/sign-in', {
				email: person.email,
				password: person.password,
			});
			expect(page.text).toContain('Acme');
			expect(page.text.includes('Beta')).toBe(seesBeta);
		}
	});

	it('keeps people signed in, and their invitations open', async () => {
		expect(await browser(owner.cookies).get('/')).toMatchObject({ status: 200, at: '/' });
		expect((await browser().get('/')).at).toMatch(/^\/sign-in/);
		expect((await browser().get(facts.invitation)).status).toBe(200);
	});

	it('has its audit log as it was written', async () => {
		const visitor = browser(owner.cookies);

		const lines = (await visitor.get('/audit.jsonl')).html.trim().split('\n');
		const { seq, hash } = JSON.parse(lines[facts.audit.entries - 1] ?? '{}');

		expect({ seq, hash }).toEqual({ seq: facts.audit.entries, hash: facts.audit.lastHash });
		expect((await visitor.get('/audit?check=1')).text).toContain('as it was written');
	});
});

function tokenRequests(received: readonly Received[]): readonly Received[] {
	return received.filter(({ path }) => path === '/connect/token');
}

/** As Standard Webhooks has it: `v1,` and the HMAC over id, time and body. */
function signed({ headers, body }: Received, secret = ''): string {
	const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
	const text = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
	return `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
}

function signaturesOf({ headers }: Received): readonly string[] {
	return String(headers['webhook-signature']).split(' ');
}
