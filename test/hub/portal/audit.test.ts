import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { chainEntry, verifyChain, type AuditEntry } from '../../../hub-server/src/audit/auditChain';
import { createAuditLog } from '../../../hub-server/src/audit/auditLog';
import { createKeyRing } from '../../../hub-server/src/secrets/keyRing';
import { ENGINES, freshLedger, type FreshLedger } from '../../support/freshLedger';
import { hubCalls } from '../../support/hubCalls';
import { formBrowser } from '../../support/portal/formBrowser';
import { portalOwner } from '../../support/portal/portalOwner';
import { provisionPortal } from '../../support/portal/provisionPortal';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

const facts = fc.record({
	at: fc.integer({ min: 0 }),
	actor: fc.string(),
	workspace: fc.option(fc.string()),
	action: fc.string(),
	detail: fc.dictionary(fc.string(), fc.string()),
});

const KEY = { id: 'k1', key: randomBytes(32) };
const keyOf = (id: string) => (id === KEY.id ? KEY.key : undefined);

function chainOf(all: readonly Parameters<typeof chainEntry>[1][]): AuditEntry[] {
	const entries: AuditEntry[] = [];
	for (const one of all) entries.push(chainEntry(entries.at(-1), one, KEY));
	return entries;
}

describe('the chain of audit entries', () => {
	it('is intact as it was written', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(facts), async (all) => {
				const entries = chainOf(all);

				expect(await verifyChain(entries, keyOf, entries.at(-1))).toEqual({
					intact: true,
					entries: all.length,
					lastHash: entries.at(-1)?.hash ?? '',
					unkeyed: [],
				});
			}),
		);
	});

	it('shows the first entry that was changed, taken out, put in or cut off', async () => {
		const tampering = fc.constantFrom('change', 'remove', 'repeat', 'cut off');

		await fc.assert(
			fc.asyncProperty(
				fc.array(facts, { minLength: 2 }),
				fc.nat(),
				tampering,
				async (all, somewhere, kind) => {
					const entries = chainOf(all);
					const head = entries.at(-1);
					const index = somewhere % (entries.length - 1);
					const entry = entries[index] as AuditEntry;
					if (kind === 'change') entries[index] = { ...entry, actor: `${entry.actor}!` };
					if (kind === 'remove') entries.splice(index, 1);
					if (kind === 'repeat') entries.splice(index, 0, entry);
					if (kind === 'cut off') entries.splice(index);

					const verdict = await verifyChain(entries, keyOf, head);

					expect(verdict).toMatchObject({
						intact: false,
						brokenAt: kind === 'repeat' ? index + 2 : index + 1,
					});
				},
			),
		);
	});
});

describe.each(ENGINES)('the audit log on %s', (engine) => {
	const keyRing = createKeyRing([{ id: 'k1', key: randomBytes(32) }]);
	let ledger: FreshLedger;
	beforeEach(async () => {
		ledger = await freshLedger(engine);
	});
	afterEach(() => ledger.close());

	it('gives every one of many writers at once a place of its own', async () => {
		const { db } = ledger.database;
		const log = createAuditLog({ db, keyRing, now: () => 1 });

		await Promise.all(
			Array.from({ length: 20 }, (_, index) =>
				log.append({ actor: `writer ${index}`, action: 'something.done' }),
			),
		);

		expect(await log.verify()).toMatchObject({ intact: true, entries: 20 });
		const page = await log.page({ limit: 50 });
		expect(new Set(page.map(({ actor }) => actor)).size).toBe(20);
	});

	it('tells when somebody changed the database behind it', async () => {
		const { db } = ledger.database;
		const log = createAuditLog({ db, keyRing, now: () => 1 });
		for (const actor of ['a', 'b', 'c']) await log.append({ actor, action: 'key.created' });

		await db.updateTable('audit_log').set({ actor: 'x' }).where('seq', '=', 2).execute();

		expect(await log.verify()).toEqual({ intact: false, brokenAt: 2, reason: 'it was changed' });
	});
});

describe('the calls of the API', () => {
	const changes = hubCalls.filter(
		({ method, access, path }) =>
			method !== 'get' && access !== 'public' && path.startsWith('/api/v1'),
	);
	/** Change nothing of the hub's: what workflows do with their data. */
	const UNAUDITED = [
		'/api/v1/mappings/{tenantId}/resolve',
		'/api/v1/saved-items',
		'/api/v1/subscriptions/{id}/test',
		'/api/v1/subscriptions/{id}/acknowledge',
		'/api/v1/xero/{tenantId}/{path}',
	];

	it.each(changes.map(({ method, path, audit }) => [method.toUpperCase(), path, audit]))(
		'have a name in the audit log: %s %s',
		(_method, path, audit) => {
			if (UNAUDITED.includes(path ?? '')) expect(audit).toBeUndefined();
			else expect(audit).toMatch(/^[a-z_]+\.[a-z_]+$/);
		},
	);

	it('that only read are not in it, but for those that give secrets away', () => {
		const audited = hubCalls.filter(
			({ method, path, audit }) =>
				method === 'get' && path.startsWith('/api/v1') && audit !== undefined,
		);

		expect(audited.map(({ path }) => path)).toEqual([
			'/api/v1/workspaces/{slug}/export',
			'/api/v1/connections/{id}/token',
			'/api/v1/connections/{id}/export',
		]);
	});
});

describe('what is written into the audit log', () => {
	let portal: StartedPortal;
	beforeEach(async () => {
		portal = await startPortal();
	});
	afterEach(() => portal.close());

	async function exported(): Promise<Record<string, unknown>[]> {
		const owner = await portalOwner(portal);
		const { html } = await owner.get('/audit.jsonl');
		return html
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line))
			.filter((line) => 'seq' in line);
	}

	it('is every change over the API, with the key that made it, before the answer', async () => {
		const { call } = portal.hub;
		await call('POST', '/api/v1/workspaces', { name: 'Acme', n8nBaseUrls: ['http://127.0.0.1:9'] });
		await call('PUT', '/api/v1/workspaces/acme/app-keys', {
			clientId: 'CLIENT',
			clientSecret: 'very-secret-secret',
			webhookKey: 'very-secret-key',
		});
		const { id, key } = (await call('POST', '/api/v1/workspaces/acme/api-keys', { name: 'n8n' }))
			.body;
		await call(
			'POST',
			'/api/v1/subscriptions',
			{ url: 'http://127.0.0.1:9/x', events: ['*'] },
			key,
		);
		await call('POST', '/api/v1/workspaces', { name: '' });
		await call('GET', '/api/v1/workspaces');

		const entries = await exported();

		expect(entries).toEqual([
			expect.objectContaining({
				seq: 1,
				actor: 'admin key',
				action: 'workspace.created',
				detail: { call: 'POST /api/v1/workspaces', from: '127.0.0.1', name: 'Acme' },
			}),
			expect.objectContaining({ actor: 'admin key', action: 'app_keys.saved', workspace: 'acme' }),
			expect.objectContaining({ actor: 'admin key', action: 'api_key.created' }),
			expect.objectContaining({
				actor: 'API key “n8n” of acme',
				action: 'subscription.saved',
				detail: expect.objectContaining({ key: id }),
			}),
			expect.objectContaining({ actor: 'owner@example.com', action: 'hub.set_up' }),
		]);
		expect(JSON.stringify(entries)).not.toMatch(/very-secret|xhk_/);
	});

	it('names the organisation that a call was about, and each reader of its secrets', async () => {
		await portal.close();
		portal = await startPortal({ autoConsent: 'first' });
		const { connectionId, apiKey } = await provisionPortal(portal);
		const { call } = portal.hub;
		const at = `/api/v1/connections/${connectionId}`;
		const [{ tenantName }] = (await call('GET', '/api/v1/connections', undefined, apiKey)).body
			.items;

		for (let times = 0; times < 3; times += 1) await call('GET', `${at}/token`, undefined, apiKey);
		await call('GET', `${at}/export`, undefined, apiKey);
		const asAdmin = { 'x-workspace': 'acme' };
		for (let times = 0; times < 2; times += 1) {
			await fetch(`${portal.url}${at}/export`, {
				headers: { authorization: `Bearer ${portal.hub.adminKey}`, ...asAdmin },
			});
		}
		await call('PATCH', at, { enabled: false }, apiKey);
		await call('GET', `${at}/token`, undefined, apiKey);
		await call('DELETE', at, undefined, apiKey);

		const about = (await exported())
			.filter(({ detail }) => String((detail as { call?: string }).call).includes(connectionId))
			.map(({ actor, action, detail }) => ({
				actor,
				action,
				organisation: (detail as Record<string, string>)['organisation'],
				switched: (detail as Record<string, string>)['switched'],
			}));
		const entry = (actor: string, action: string, switched?: string) => ({
			actor,
			action,
			organisation: tenantName,
			switched,
		});
		const byKey = 'API key “n8n” of acme';
		expect(about).toEqual([
			entry(byKey, 'token.read'),
			entry(byKey, 'secrets.exported'),
			entry('admin key', 'secrets.exported'),
			entry('admin key', 'secrets.exported'),
			entry(byKey, 'organisation.changed', 'off'),
			entry(byKey, 'organisation.removed'),
		]);
	});

	it('is the removal of a workspace whatever it is called', async () => {
		const { call } = portal.hub;
		for (const slug of ['test', 'receipt', 'xero']) {
			await call('POST', '/api/v1/workspaces', { name: slug });
			await call('DELETE', `/api/v1/workspaces/${slug}`);
		}

		const removed = (await exported()).filter(({ action }) => action === 'workspace.removed');
		expect(removed.map(({ workspace }) => workspace)).toEqual(['test', 'receipt', 'xero']);
	});

	it('is a sign-in that failed, once an hour for each person, without what was typed', async () => {
		const stranger = formBrowser(portal.url);
		const owner = await portalOwner(portal);
		for (const email of ['owner@example.com', 'OWNER@example.com', 'hunter2', 'hunter3']) {
			const page = await stranger.get('/sign-in');
			await stranger.submit(page, '/sign-in', { email, password: 'wrong' });
		}

		const { html } = await owner.get('/audit.jsonl');

		expect(html.match(/sign_in\.refused/g)).toHaveLength(2);
		expect(html).toContain(
			'"actor":"owner@example.com","workspace":null,"action":"sign_in.refused"',
		);
		expect(html).toContain('"actor":"nobody known here"');
		expect(html).not.toContain('hunter');
	});

	it('is checked at a press of a button', async () => {
		const owner = await portalOwner(portal);

		expect((await owner.get('/audit?check=1')).text).toContain('is as it was written (1 entry)');
	});
});
