import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openDatabase, type Database } from '../../../../hub-server/src/database/openDatabase';
import { createReadGrantKeys } from '../../../../hub-server/src/xero/identity/appKeys';
import { createGrantRows, type GrantRows } from '../../../../hub-server/src/xero/grants/grantRows';
import { createGrantVault, LEASE_MS } from '../../../../hub-server/src/xero/grants/grantVault';
import { createKeyRing } from '../../../../hub-server/src/secrets/keyRing';
import { resealSecrets } from '../../../../hub-server/src/secrets/resealSecrets';
import type { Consent } from '../../../../hub-server/src/xero/grants/saveConsent';
import { createAppKeyStore } from '../../../../hub-server/src/workspaces/appKeyStore';
import type { TokenSet } from '../../../../hub-server/src/xero/identity/xeroIdentity';
import { ENGINES, freshLedger, type FreshLedger } from '../../../support/freshLedger';
import { createTokenProvider } from './tokenProvider';

const MINUTE = 60_000;
const HALF_AN_HOUR = 30 * MINUTE;

describe.each(ENGINES)('the grant vault on %s', (engine) => {
	const oldKey = { id: 'k1', key: randomBytes(32) };
	const newKey = { id: 'k2', key: randomBytes(32) };
	const keyRing = createKeyRing([oldKey, newKey]);
	let now: number;
	let ledger: FreshLedger;
	let others: Database[];

	beforeEach(async () => {
		now = Date.UTC(2026, 10, 22);
		others = [];
		ledger = await freshLedger(engine);
		await ledger.database.db
			.insertInto('workspaces')
			.values({ id: 'w1', slug: 'acme', name: 'Acme', n8n_base_urls: '[]', created_at: now })
			.execute();
		await saveAppKeys('secret');
	});

	afterEach(async () => {
		await Promise.all(others.map((database) => database.close()));
		await ledger.close();
	});

	const consent = (xeroUserId: string, tokens: TokenSet): Consent => ({
		workspaceId: 'w1',
		clientId: 'client',
		xeroUserId,
		tokens,
		organisations: [],
	});

	const saveAppKeys = (clientSecret: string) =>
		createAppKeyStore({ db: ledger.database.db, keyRing, now: () => now }).save('w1', {
			clientId: 'client',
			clientSecret,
		});

	async function resealEverything(): Promise<void> {
		await resealSecrets({
			db: ledger.database.db,
			keyRing: createKeyRing([newKey, oldKey]),
		});
	}

	/** What one hub process has: its own connection, its own single flight. */
	async function startProcess(
		provider: ReturnType<typeof createTokenProvider>,
		change: (rows: GrantRows) => Partial<GrantRows> = () => ({}),
	) {
		const database = await openDatabase(ledger.location);
		others.push(database);
		const { db } = database;
		const rows = createGrantRows({ db, keyRing, clock: () => now });
		const alerts: string[] = [];
		const vault = createGrantVault({
			grants: { ...rows, ...change(rows) },
			readGrantKeys: createReadGrantKeys({ db, keyRing }),
			identity: provider,
			connectLink: async () => 'https://hub.example/connect/acme',
			clock: () => now,
			onStatusChange: ({ status }) => {
				if (status !== 'active') alerts.push(status);
			},
			sleep: nextTurn,
		});
		return { vault, rows, alerts };
	}

	async function setUp({ graceMs = 0 } = {}) {
		const provider = createTokenProvider(() => now, graceMs);
		const process = await startProcess(provider);
		const grantId = await process.vault.store(consent('user-1', provider.issue()));
		return { provider, grantId, ...process };
	}

	it('hands out the token it has until two minutes before its end', async () => {
		const { provider, vault, grantId } = await setUp();

		now += HALF_AN_HOUR - 2 * MINUTE - 1;
		expect((await vault.accessToken(grantId)).token).toBe('access-1');

		now += 1;
		expect((await vault.accessToken(grantId)).token).toBe('access-2');
		expect(provider.calls).toBe(1);
	});

	it('keeps no token in clear text', async () => {
		const { vault, grantId } = await setUp();
		now += HALF_AN_HOUR;
		await vault.accessToken(grantId);

		const rows = await ledger.database.db.selectFrom('grants').selectAll().execute();

		expect(JSON.stringify(rows)).not.toMatch(/access-\d|refresh-\d/);
	});

	it('asks Xero once, whatever the number of processes and callers, with no grace to hide behind', async () => {
		const { provider, vault, grantId } = await setUp({ graceMs: 0 });
		const second = await startProcess(provider);
		const third = await startProcess(provider);
		now += HALF_AN_HOUR;

		const tokens = await Promise.all(
			[vault, second.vault, third.vault].flatMap((process) =>
				Array.from({ length: 20 }, () => process.accessToken(grantId)),
			),
		);

		expect(new Set(tokens.map(({ token }) => token))).toEqual(new Set(['access-2']));
		expect(provider.calls).toBe(1);
	});

	it('lets everyone wait for a slow provider', async () => {
		const { provider, vault, grantId } = await setUp();
		const second = await startProcess(provider);
		now += HALF_AN_HOUR;
		let answer = () => {};
		provider.beforeAnswer = () => new Promise<void>((resolve) => (answer = resolve));

		const first = vault.accessToken(grantId);
		while (provider.calls === 0) await nextTurn();
		const waiting = second.vault.accessToken(grantId);
		await nextTurn();
		answer();

		expect((await first).token).toBe('access-2');
		expect((await waiting).token).toBe('access-2');
		expect(provider.calls).toBe(1);
	});

	it('replaces a token that Xero rejected, once for all who met the rejection', async () => {
		const { provider, vault, grantId } = await setUp();

		const tokens = await Promise.all([
			vault.accessToken(grantId, { rejectedToken: 'access-1' }),
			vault.accessToken(grantId, { rejectedToken: 'access-1' }),
		]);
		const late = await vault.accessToken(grantId, { rejectedToken: 'access-1' });

		expect([...tokens, late].map(({ token }) => token)).toEqual(Array(3).fill('access-2'));
		expect(provider.calls).toBe(1);
	});

	/** @param step the one at which the process stops to be */
	async function dieAt(step: 'keepAnswer' | 'writeTokens', graceMs: number) {
		const { provider, grantId } = await setUp({ graceMs });
		let reached = () => {};
		const dead = new Promise<void>((resolve) => (reached = resolve));
		const dying = await startProcess(provider, () => ({
			[step]: () => {
				reached();
				return new Promise(() => {});
			},
		}));
		now += HALF_AN_HOUR;
		void dying.vault.accessToken(grantId);
		await dead;
		return { provider, grantId, survivor: await startProcess(provider) };
	}

	it("completes at once, with no grace, the write of a process that died with Xero's answer in the journal", async () => {
		const { provider, grantId, survivor } = await dieAt('writeTokens', 0);

		expect((await survivor.vault.accessToken(grantId)).token).toBe('access-2');
		now += HALF_AN_HOUR;
		expect((await survivor.vault.accessToken(grantId)).token).toBe('access-3');
		expect(provider.calls).toBe(2);
	});

	it('keeps the journal sealed, and empties it with the write', async () => {
		const { grantId, survivor } = await dieAt('writeTokens', 0);
		const { db } = ledger.database;

		const held = await db.selectFrom('token_answers').selectAll().execute();
		await survivor.vault.accessToken(grantId);

		expect(held).toHaveLength(1);
		expect(JSON.stringify(held)).not.toMatch(/access-\d|refresh-\d/);
		expect(await db.selectFrom('token_answers').selectAll().execute()).toEqual([]);
	});

	describe('when a process dies after Xero answered and before the journal', () => {
		it('recovers with the old refresh token within the grace, after the dead lease', async () => {
			const { provider, grantId, survivor } = await dieAt('keepAnswer', HALF_AN_HOUR);

			await expect(survivor.vault.accessToken(grantId)).rejects.toMatchObject({
				code: 'xero_unreachable',
				headers: { 'Retry-After': '60' },
			});
			now += LEASE_MS;

			expect((await survivor.vault.accessToken(grantId)).token).toBe('access-3');
			expect(provider.calls).toBe(2);
		});

		it('asks for a new consent when the grace is over', async () => {
			const { grantId, survivor } = await dieAt('keepAnswer', HALF_AN_HOUR);
			now += HALF_AN_HOUR;

			await expect(survivor.vault.accessToken(grantId)).rejects.toMatchObject({
				code: 'reauth_required',
				status: 409,
				message: expect.stringContaining('https://hub.example/connect/acme'),
			});
		});
	});

	describe('when Xero answers a holder whose lease has ended', () => {
		/** A holder that Xero keeps waiting while its lease ends. */
		async function slowHolder(graceMs: number) {
			const { provider, grantId } = await setUp({ graceMs });
			const slow = await startProcess(provider);
			const quick = await startProcess(provider);
			now += HALF_AN_HOUR;
			let answer = () => {};
			provider.beforeAnswer = () => new Promise<void>((resolve) => (answer = resolve));
			const late = slow.vault.accessToken(grantId);
			while (provider.calls === 0) await nextTurn();
			provider.beforeAnswer = () => undefined;
			now += LEASE_MS;
			return { provider, grantId, slow, quick, late, answer: () => answer() };
		}

		it('refuses its late write where its successor had an answer too', async () => {
			const { grantId, quick, late, answer } = await slowHolder(HALF_AN_HOUR);

			expect((await quick.vault.accessToken(grantId)).token).toBe('access-3');
			answer();

			expect((await late).token).toBe('access-3');
		});

		it('heals with the late answer what its successor had to give up, with no grace', async () => {
			const { provider, grantId, slow, quick, late, answer } = await slowHolder(0);
			await expect(quick.vault.accessToken(grantId)).rejects.toMatchObject({
				code: 'reauth_required',
			});

			answer();

			expect((await late).token).toBe('access-2');
			expect((await quick.vault.accessToken(grantId)).token).toBe('access-2');
			now += HALF_AN_HOUR;
			expect((await slow.vault.accessToken(grantId)).token).toBe('access-3');
			expect(provider.calls).toBe(3);
		});

		it('gives the late answer to the successor that Xero is just refusing', async () => {
			const { provider, grantId, quick, late, answer } = await slowHolder(0);
			let refuse = () => {};
			provider.beforeAnswer = () => new Promise<void>((resolve) => (refuse = resolve));
			const successor = quick.vault.accessToken(grantId);
			while (provider.calls === 1) await nextTurn();

			answer();
			await untilJournalled();
			refuse();

			expect((await successor).token).toBe('access-2');
			expect((await late).token).toBe('access-2');
		});

		async function untilJournalled(): Promise<void> {
			const { db } = ledger.database;
			while ((await db.selectFrom('token_answers').select('id').execute()).length === 0) {
				await nextTurn();
			}
		}
	});

	it('seals an answer that comes during a rotation of the encryption keys with the key it has', async () => {
		const { provider, vault, grantId } = await setUp();
		now += HALF_AN_HOUR;
		provider.beforeAnswer = async () => {
			provider.beforeAnswer = () => undefined;
			await resealEverything();
		};

		expect((await vault.accessToken(grantId)).token).toBe('access-2');
		now += HALF_AN_HOUR;
		expect((await vault.accessToken(grantId)).token).toBe('access-3');
	});

	it('tries the write again until the database is back, for the new token is the only copy', async () => {
		const { provider, grantId } = await setUp();
		let failures = 5;
		const { vault } = await startProcess(provider, (rows) => ({
			async writeTokens(lease, tokens) {
				if (failures-- > 0) throw new Error('the database is away');
				return rows.writeTokens(lease, tokens);
			},
		}));
		now += HALF_AN_HOUR;

		expect((await vault.accessToken(grantId)).token).toBe('access-2');
		now += HALF_AN_HOUR;
		expect((await vault.accessToken(grantId)).token).toBe('access-3');
	});

	it('keeps the old refresh token through an outage and uses it afterwards', async () => {
		const { provider, vault, grantId } = await setUp({ graceMs: HALF_AN_HOUR });
		now += HALF_AN_HOUR;
		provider.instead.push({ kind: 'unreachable', reason: 'Xero answered 503' });

		await expect(vault.accessToken(grantId)).rejects.toMatchObject({
			code: 'xero_unreachable',
			status: 503,
			headers: { 'Retry-After': '5' },
		});

		expect((await vault.accessToken(grantId)).token).toBe('access-3');
	});

	it('hands out the old token through an outage while it still lives', async () => {
		const { provider, vault, grantId } = await setUp();
		now += HALF_AN_HOUR - MINUTE;
		const outage = { kind: 'unreachable', reason: 'Xero answered 503' } as const;
		provider.instead.push(outage, outage);

		expect((await vault.accessToken(grantId)).token).toBe('access-1');
		await expect(vault.accessToken(grantId, { rejectedToken: 'access-1' })).rejects.toMatchObject({
			code: 'xero_unreachable',
		});
	});

	it('stops asking once Xero refused the refresh token, and alerts once', async () => {
		const { provider, vault, grantId, alerts } = await setUp();
		now += HALF_AN_HOUR;
		provider.revokeAll();

		const refusals = await Promise.allSettled([
			vault.accessToken(grantId),
			vault.accessToken(grantId),
		]);
		await expect(vault.accessToken(grantId)).rejects.toMatchObject({ code: 'reauth_required' });

		expect(refusals.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		expect(alerts).toEqual(['reauth_required']);
		expect(provider.calls).toBe(1);
	});

	it('works again after a new consent of the same user, under the same id', async () => {
		const { provider, vault, grantId } = await setUp();
		now += HALF_AN_HOUR;
		provider.revokeAll();
		await expect(vault.accessToken(grantId)).rejects.toMatchObject({ code: 'reauth_required' });

		expect(await vault.store(consent('user-1', provider.issue()))).toBe(grantId);

		expect((await vault.accessToken(grantId)).token).toBe('access-2');
	});

	it("takes a new consent that came during a refresh for Xero's last word", async () => {
		const { provider, vault, grantId } = await setUp();
		now += HALF_AN_HOUR;
		provider.beforeAnswer = async () => {
			provider.beforeAnswer = () => undefined;
			await vault.store(consent('user-1', provider.issue()));
		};
		provider.instead.push({ kind: 'invalid_grant' });

		expect((await vault.accessToken(grantId)).token).toBe('access-3');
		expect(provider.calls).toBe(1);
	});

	it('tells wrong app keys from a lost consent, and goes on when they are put right', async () => {
		const { provider, vault, grantId, alerts } = await setUp();
		now += HALF_AN_HOUR;
		provider.clientSecret = 'rotated at Xero';

		await expect(vault.accessToken(grantId)).rejects.toMatchObject({ code: 'app_keys_refused' });
		await expect(vault.accessToken(grantId)).rejects.toMatchObject({ code: 'app_keys_refused' });
		expect(provider.calls).toBe(1);
		expect(alerts).toEqual(['app_keys_refused']);

		now += 1;
		await saveAppKeys('rotated at Xero');
		await vault.appKeysChanged();
		expect((await vault.accessToken(grantId)).token).toBe('access-2');
	});

	it('does not hold keys against a grant that were replaced while Xero refused them', async () => {
		const { provider, vault, grantId } = await setUp();
		now += HALF_AN_HOUR;
		provider.clientSecret = 'rotated at Xero';
		provider.beforeAnswer = async () => {
			provider.beforeAnswer = () => undefined;
			now += 1;
			await saveAppKeys('rotated at Xero');
		};

		expect((await vault.accessToken(grantId)).token).toBe('access-2');
	});

	it('says that the connection is gone when it is removed during a refresh', async () => {
		const { provider, vault, grantId } = await setUp();
		now += HALF_AN_HOUR;
		provider.beforeAnswer = () =>
			ledger.database.db.deleteFrom('grants').where('id', '=', grantId).execute();

		await expect(vault.accessToken(grantId)).rejects.toMatchObject({ code: 'not_found' });
	});

	it("asks for a new consent when nobody has its app's keys any more, until somebody has them again", async () => {
		const { provider, vault, grantId, alerts } = await setUp();
		now += HALF_AN_HOUR;
		await ledger.database.db.deleteFrom('app_keys').execute();

		await expect(vault.accessToken(grantId)).rejects.toMatchObject({
			code: 'reauth_required',
			message: expect.stringContaining('save the keys of the earlier app'),
		});
		expect(alerts).toEqual(['reauth_required']);
		expect(provider.calls).toBe(0);

		await saveAppKeys('secret');
		await vault.appKeysChanged();
		expect((await vault.accessToken(grantId)).token).toBe('access-2');
	});

	it('asks again with client credentials where there is no refresh token', async () => {
		const { provider, vault } = await setUp();
		const grantId = await vault.store(
			consent('app', { ...provider.issue(), refreshToken: undefined }),
		);
		now += HALF_AN_HOUR;

		expect((await vault.accessToken(grantId)).token).toBe('access-3');
	});

	it('is idle only when no refresh is under way', async () => {
		const { provider, vault, grantId } = await setUp();
		now += HALF_AN_HOUR;
		let answer = () => {};
		provider.beforeAnswer = () => new Promise<void>((resolve) => (answer = resolve));
		const token = vault.accessToken(grantId);
		while (provider.calls === 0) await nextTurn();
		let idle = false;
		const stopping = vault.idle().then(() => (idle = true));

		await nextTurn();
		expect(idle).toBe(false);
		answer();
		await stopping;

		expect((await token).token).toBe('access-2');
	});

	it('keeps one grant for two consents that end at the same moment', async () => {
		const { provider, vault } = await setUp();

		const ids = await Promise.all([
			vault.store(consent('user-2', provider.issue())),
			vault.store(consent('user-2', provider.issue())),
		]);

		expect(ids[0]).toBe(ids[1]);
		expect(['access-2', 'access-3']).toContain((await vault.accessToken(ids[0])).token);
	});

	it('forgets a grant that no connection uses, and keeps one that is used', async () => {
		const { vault, provider, grantId } = await setUp();
		const unused = await vault.store(consent('user-2', provider.issue()));
		await ledger.database.db
			.insertInto('connections')
			.values({
				id: 'c1',
				workspace_id: 'w1',
				grant_id: grantId,
				xero_connection_id: 'x1',
				tenant_id: 't1',
				tenant_name: 'Demo',
				tenant_type: 'ORGANISATION',
				enabled: 1,
				created_at: now,
			})
			.execute();

		await vault.removeIfUnused(unused);
		await vault.removeIfUnused(grantId);

		const rows = await ledger.database.db.selectFrom('grants').select('id').execute();
		expect(rows).toEqual([{ id: grantId }]);
	});
});
