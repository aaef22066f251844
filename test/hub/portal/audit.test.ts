import fc from 'fast-check';
import {
	chainEntry,
	verifyChain,
	type AuditEntry,
} from '../../../hub-server/src/portal/audit/auditChain';
import { createAuditLog } from '../../../hub-server/src/portal/audit/auditLog';
import { ENGINES, freshLedger, type FreshLedger } from '../../support/freshLedger';
import { portalOwner } from '../../support/portal/portalOwner';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

const facts = fc.record({
	at: fc.integer({ min: 0 }),
	actor: fc.string(),
	workspace: fc.option(fc.string()),
	action: fc.string(),
	detail: fc.dictionary(fc.string(), fc.string()),
});

function chainOf(all: readonly Parameters<typeof chainEntry>[1][]): AuditEntry[] {
	const entries: AuditEntry[] = [];
	for (const one of all) entries.push(chainEntry(entries.at(-1), one));
	return entries;
}

describe('the chain of audit entries', () => {
	it('is intact as it was written', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(facts), async (all) => {
				const entries = chainOf(all);

				expect(await verifyChain(entries)).toEqual({
					intact: true,
					entries: all.length,
					lastHash: entries.at(-1)?.hash ?? '',
				});
			}),
		);
	});

	it('shows the first entry that was changed, taken out or put in', async () => {
		const tampering = fc.constantFrom('change', 'remove', 'repeat');

		await fc.assert(
			fc.asyncProperty(
				fc.array(facts, { minLength: 2 }),
				fc.nat(),
				tampering,
				async (all, somewhere, kind) => {
					const entries = chainOf(all);
					// What is cut off at the end needs an older export to be seen.
					const index = somewhere % (entries.length - 1);
					const entry = entries[index] as AuditEntry;
					if (kind === 'change') entries[index] = { ...entry, actor: `${entry.actor}!` };
					if (kind === 'remove') entries.splice(index, 1);
					if (kind === 'repeat') entries.splice(index, 0, entry);

					const verdict = await verifyChain(entries);

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
	let ledger: FreshLedger;
	beforeEach(async () => {
		ledger = await freshLedger(engine);
	});
	afterEach(() => ledger.close());

	it('gives every one of many writers at once a place of its own', async () => {
		const { db } = ledger.database;
		const log = createAuditLog({ db, now: () => 1 });

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
		const log = createAuditLog({ db, now: () => 1 });
		for (const actor of ['a', 'b', 'c']) await log.append({ actor, action: 'key.created' });

		await db.updateTable('audit_log').set({ actor: 'x' }).where('seq', '=', 2).execute();

		expect(await log.verify()).toEqual({ intact: false, brokenAt: 2, reason: 'it was changed' });
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
			.map((line) => JSON.parse(line));
	}

	it('is every change over the API, with the key that made it, before the answer', async () => {
		const { call } = portal.hub;
		await call('POST', '/api/v1/workspaces', { name: 'Acme', n8nBaseUrls: ['http://127.0.0.1:9'] });
		await call('PUT', '/api/v1/workspaces/acme/app-keys', {
			clientId: 'CLIENT',
			clientSecret: 'very-secret-secret',
			webhookKey: 'very-secret-key',
		});
		const { key } = (await call('POST', '/api/v1/workspaces/acme/api-keys', { name: 'n8n' })).body;
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
			expect.objectContaining({ actor: 'API key of acme', action: 'subscription.saved' }),
			expect.objectContaining({ actor: 'owner@example.com', action: 'hub.set_up' }),
		]);
		expect(JSON.stringify(entries)).not.toMatch(/very-secret|xhk_/);
	});

	it('can be exported, and the export proves itself', async () => {
		const { call } = portal.hub;
		await call('POST', '/api/v1/workspaces', { name: 'Acme' });

		const entries = (await exported()).map((entry) => ({
			...entry,
			at: Date.parse(entry['at'] as string),
		})) as unknown as AuditEntry[];

		expect(await verifyChain(entries)).toMatchObject({ intact: true, entries: 2 });
	});

	it('is checked at a press of a button', async () => {
		const owner = await portalOwner(portal);

		expect((await owner.get('/audit?check=1')).text).toContain('is as it was written (1 entry)');
	});
});
