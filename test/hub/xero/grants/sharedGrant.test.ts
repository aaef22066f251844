import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createAlertLedger } from '../../../../hub-server/src/alerts/alertLedger';
import { createReadGrantKeys } from '../../../../hub-server/src/xero/identity/appKeys';
import { createGrantAlerts } from '../../../../hub-server/src/alerts/grantAlerts';
import { createGrantRows, type GrantRows } from '../../../../hub-server/src/xero/grants/grantRows';
import { createGrantVault } from '../../../../hub-server/src/xero/grants/grantVault';
import { createKeyRing } from '../../../../hub-server/src/secrets/keyRing';
import { createAppKeyStore } from '../../../../hub-server/src/workspaces/appKeyStore';
import { createRemoveWorkspace } from '../../../../hub-server/src/administration/removeWorkspace';
import { createWorkspaceStore } from '../../../../hub-server/src/workspaces/workspaceStore';
import { createConnectionRows } from '../../../../hub-server/src/xero/connections/connectionRows';
import { ENGINES, freshLedger, type FreshLedger } from '../../../support/freshLedger';
import { createTokenProvider } from './tokenProvider';

const HALF_AN_HOUR = 30 * 60_000;

/** One user's consent to one app, of which two workspaces have an organisation each. */
describe.each(ENGINES)('a grant that two workspaces share on %s', (engine) => {
	const keyRing = createKeyRing([{ id: 'k1', key: randomBytes(32) }]);
	let now: number;
	let ledger: FreshLedger;
	let ids: { acme: string; beta: string };
	const provider = () => createTokenProvider(() => now, 0);
	let xero: ReturnType<typeof provider>;

	beforeEach(async () => {
		now = Date.UTC(2026, 10, 22);
		ledger = await freshLedger(engine);
		xero = provider();
		ids = {
			acme: (await workspaces().create({ name: 'Acme' })).id,
			beta: (await workspaces().create({ name: 'Beta' })).id,
		};
		await saveKeys(ids.acme, 'secret');
		await saveKeys(ids.beta, 'secret');
	});
	afterEach(() => ledger.close());

	const db = () => ledger.database.db;
	const workspaces = () => createWorkspaceStore({ db: db(), now: () => now });
	const alerts = () => createAlertLedger({ db: db(), now: () => now });
	const saveKeys = (workspaceId: string, clientSecret: string, clientId = 'client') =>
		createAppKeyStore({ db: db(), keyRing, now: () => now }).save(workspaceId, {
			clientId,
			clientSecret,
		});
	const remove = (slug: string) =>
		createRemoveWorkspace({
			db: db(),
			keyRing,
			now: () => now,
			workspaces: workspaces(),
			connections: createConnectionRows({ db: db() }),
			removeAtXero: async () => ({ kind: 'gone' }),
			noteChange: async () => {},
		})({ name: 'somebody' }, slug);

	function startVault(change: (rows: GrantRows) => Partial<GrantRows> = () => ({})) {
		const rows = createGrantRows({ db: db(), keyRing, clock: () => now });
		const connectLink = async (id: string) =>
			`https://hub.example/connect/${(await workspaces().find(id)).slug}`;
		return createGrantVault({
			grants: { ...rows, ...change(rows) },
			readGrantKeys: createReadGrantKeys({ db: db(), keyRing }),
			identity: xero,
			connectLink,
			clock: () => now,
			onStatusChange: createGrantAlerts({
				db: db(),
				now: () => now,
				grants: rows,
				connectLink,
				onNews: () => {},
			}),
			sleep: nextTurn,
		});
	}

	/** Acme consents first, so the grant is at home there. */
	async function share(vault: ReturnType<typeof startVault>, clientId = 'client') {
		const store = (workspaceId: string, name: string) =>
			vault.store({
				workspaceId,
				clientId,
				xeroUserId: 'user-1',
				tokens: xero.issue(),
				organisations: [
					{ id: `x-${name}`, tenantId: `t-${name}`, tenantName: name, tenantType: 'ORGANISATION' },
				],
			});
		const grantId = await store(ids.acme, 'acme');
		expect(await store(ids.beta, 'beta')).toBe(grantId);
		return grantId;
	}
	const grants = () => db().selectFrom('grants').selectAll().execute();
	const connections = () => db().selectFrom('connections').selectAll().execute();

	it('is one row with the latest tokens, and each workspace has its own organisation of it', async () => {
		const vault = startVault();

		const grantId = await share(vault);

		expect(await grants()).toMatchObject([{ id: grantId, workspace_id: ids.acme, gen: 2 }]);
		expect((await vault.accessToken(grantId)).token).toBe('access-2');
		const held = (await connections()).map((row) => [row.workspace_id, row.tenant_id]);
		expect(new Map(held as [string, string][])).toEqual(
			new Map([
				[ids.acme, 't-acme'],
				[ids.beta, 't-beta'],
			]),
		);
	});

	it('is one for consents that end in both at the same moment', async () => {
		const first = startVault();
		const second = startVault();

		await Promise.all([share(first), share(second)]);

		expect(await grants()).toHaveLength(1);
	});

	it('keeps a consent whole or not at all', async () => {
		const vault = startVault();
		const organisations = [
			{ id: 'x', tenantId: 't', tenantName: 'T', tenantType: null as unknown as string },
		];

		await expect(
			vault.store({
				workspaceId: ids.acme,
				clientId: 'client',
				xeroUserId: 'user-1',
				tokens: xero.issue(),
				organisations,
			}),
		).rejects.toThrow();

		expect(await grants()).toEqual([]);
	});

	it('is two grants where the same user consents to two apps', async () => {
		const vault = startVault();

		const first = await share(vault);
		const second = await share(vault, 'another client');

		expect(second).not.toBe(first);
	});

	describe('tells both workspaces', () => {
		const kinds = async () =>
			(await alerts().openEverywhere()).map(({ workspaceId, kind }) => [workspaceId, kind]);
		const toBoth = (kind: string) =>
			expect.arrayContaining([
				[ids.acme, kind],
				[ids.beta, kind],
			]);

		it('when Xero ended the consent, each with its own way back, until one of them has connected again', async () => {
			const vault = startVault();
			const grantId = await share(vault);
			now += HALF_AN_HOUR;
			xero.revokeAll();

			const asBeta = vault.accessToken(grantId, { workspaceId: ids.beta });
			const asAcme = vault.accessToken(grantId, { workspaceId: ids.acme });

			await expect(asBeta).rejects.toMatchObject({
				message: expect.stringContaining('https://hub.example/connect/beta'),
			});
			await expect(asAcme).rejects.toMatchObject({
				message: expect.stringContaining('https://hub.example/connect/acme'),
			});
			expect(await kinds()).toEqual(toBoth('reauth_required'));
			const [alert] = await alerts().listOpen(ids.beta);
			expect(alert?.message).toContain('https://hub.example/connect/beta');

			await share(vault);
			expect(await kinds()).toEqual([]);
		});

		it('when Xero refuses the keys of both, until one of them has the right ones', async () => {
			const vault = startVault();
			const grantId = await share(vault);
			now += HALF_AN_HOUR;
			xero.clientSecret = 'rotated at Xero';

			await expect(vault.accessToken(grantId)).rejects.toMatchObject({ code: 'app_keys_refused' });
			expect(await kinds()).toEqual(toBoth('app_keys_refused'));

			now += 1;
			await saveKeys(ids.beta, 'rotated at Xero');
			await vault.appKeysChanged();

			expect(await kinds()).toEqual([]);
			expect((await vault.accessToken(grantId)).token).toBe('access-3');
		});
	});

	describe('when the keys of another app are saved in the place of its own', () => {
		it('works on while the other workspace has the keys of its app', async () => {
			const vault = startVault();
			const grantId = await share(vault);
			now += HALF_AN_HOUR;

			await saveKeys(ids.acme, "the other app's", 'another client');
			await vault.appKeysChanged();

			expect((await vault.accessToken(grantId)).token).toBe('access-3');
			expect(await alerts().openEverywhere()).toEqual([]);
		});

		it('needs a new consent at once when none has them, and is not asked for with the wrong ones', async () => {
			const vault = startVault();
			const grantId = await share(vault);
			const replace = async (workspaceId: string) => {
				await saveKeys(workspaceId, 'secret', 'another client');
				await vault.appKeysChanged();
			};
			await replace(ids.acme);
			expect(await grants()).toMatchObject([{ status: 'active' }]);
			await replace(ids.beta);

			expect(await grants()).toMatchObject([{ status: 'reauth_required' }]);
			const [alert] = await alerts().listOpen(ids.acme);
			expect(alert?.message).toContain('whose keys were replaced by those of another app');
			now += HALF_AN_HOUR;
			await expect(vault.accessToken(grantId)).rejects.toMatchObject({
				code: 'reauth_required',
				message: expect.stringContaining('save the keys of the earlier app'),
			});
			expect(xero.calls).toBe(0);
		});

		it('goes on when its keys are saved again, as after a mistake', async () => {
			const vault = startVault();
			const grantId = await share(vault);
			await remove('beta');
			await saveKeys(ids.acme, 'secret', 'mistyped');
			await vault.appKeysChanged();
			now += HALF_AN_HOUR;

			await saveKeys(ids.acme, 'secret');
			await vault.appKeysChanged();

			expect((await vault.accessToken(grantId)).token).toBe('access-3');
			expect(await alerts().openEverywhere()).toEqual([]);
		});

		it('asks no token for a Custom Connection with the keys of another app', async () => {
			const vault = startVault();
			const grantId = await vault.store({
				workspaceId: ids.acme,
				clientId: 'custom',
				xeroUserId: 'app custom',
				tokens: { ...xero.issue(), refreshToken: undefined },
				organisations: [],
			});
			now += HALF_AN_HOUR;

			await expect(vault.accessToken(grantId)).rejects.toMatchObject({ code: 'reauth_required' });

			expect(xero.calls).toBe(0);
		});
	});

	it('goes with the last workspace that uses it, though it was at home in another', async () => {
		const vault = startVault();
		const grantId = await share(vault);
		await db().deleteFrom('connections').where('workspace_id', '=', ids.acme).execute();
		await vault.removeIfUnused(grantId);

		await remove('beta');

		expect(await grants()).toEqual([]);
	});

	describe('when a workspace leaves it', () => {
		const leave = async (vault: ReturnType<typeof startVault>, id: string, grantId: string) => {
			await db().deleteFrom('connections').where('workspace_id', '=', id).execute();
			await vault.removeIfUnused(grantId);
		};
		const told = async () =>
			(await alerts().openEverywhere()).map(({ workspaceId }) => workspaceId);

		it('takes the alerts of that workspace along, and with the last one those that are left', async () => {
			const vault = startVault();
			const grantId = await share(vault);
			now += HALF_AN_HOUR;
			xero.revokeAll();
			await expect(vault.accessToken(grantId)).rejects.toMatchObject({ code: 'reauth_required' });

			await leave(vault, ids.beta, grantId);
			expect(await told()).toEqual([ids.acme]);
			expect(await grants()).toHaveLength(1);

			await leave(vault, ids.acme, grantId);
			expect(await told()).toEqual([]);
			expect(await grants()).toEqual([]);
		});

		it('goes when the consent of another user takes over all that it reached, with its alerts', async () => {
			const vault = startVault();
			const grantId = await share(vault);
			now += HALF_AN_HOUR;
			xero.revokeAll();
			await expect(vault.accessToken(grantId)).rejects.toMatchObject({ code: 'reauth_required' });
			const takeOver = (workspaceId: string, name: string) =>
				vault.store({
					workspaceId,
					clientId: 'client',
					xeroUserId: 'user-2',
					tokens: xero.issue(),
					organisations: [
						{
							id: `y-${name}`,
							tenantId: `t-${name}`,
							tenantName: name,
							tenantType: 'ORGANISATION',
						},
					],
				});

			await takeOver(ids.acme, 'acme');
			expect(await told()).toEqual([ids.beta]);
			const successor = await takeOver(ids.beta, 'beta');

			expect((await grants()).map(({ id }) => id)).toEqual([successor]);
			expect(await told()).toEqual([]);
		});

		it('has no alert that is raised too late', async () => {
			const grantId = await share(startVault());
			now += HALF_AN_HOUR;
			xero.revokeAll();
			const slow = startVault((rows) => ({
				async markReauthRequired(lease) {
					const isMarked = await rows.markReauthRequired(lease);
					await share(startVault());
					return isMarked;
				},
			}));

			await slow.accessToken(grantId).catch(() => undefined);

			expect(await alerts().openEverywhere()).toEqual([]);
		});
	});

	it('is renewed with the secret that one of them saved, while the other has still the old one', async () => {
		const vault = startVault();
		const grantId = await share(vault);
		now += HALF_AN_HOUR;
		xero.clientSecret = 'rotated at Xero';
		await saveKeys(ids.beta, 'rotated at Xero');

		expect((await vault.accessToken(grantId)).token).toBe('access-3');
		expect(await alerts().openEverywhere()).toEqual([]);
	});

	describe('when its home workspace is deleted', () => {
		it('moves to the other one, and goes on', async () => {
			const vault = startVault();
			const grantId = await share(vault);

			await remove('acme');

			expect(await grants()).toMatchObject([{ id: grantId, workspace_id: ids.beta }]);
			expect((await connections()).map((row) => row.workspace_id)).toEqual([ids.beta]);
			expect((await vault.accessToken(grantId)).token).toBe('access-2');
			now += HALF_AN_HOUR;
			expect((await vault.accessToken(grantId)).token).toBe('access-3');
		});

		it('goes with it where nobody else uses it', async () => {
			const vault = startVault();
			await share(vault);
			await remove('beta');

			await remove('acme');

			expect(await grants()).toEqual([]);
		});

		it('loses no token that Xero gives at that very moment, with no grace', async () => {
			const grantId = await share(startVault());
			now += HALF_AN_HOUR;
			xero.beforeAnswer = async () => {
				xero.beforeAnswer = () => undefined;
				await remove('acme');
			};

			expect((await startVault().accessToken(grantId)).token).toBe('access-3');

			now += HALF_AN_HOUR;
			expect((await startVault().accessToken(grantId)).token).toBe('access-4');
		});

		it("takes Xero's answer along that is in the journal only", async () => {
			const grantId = await share(startVault());
			now += HALF_AN_HOUR;
			const moving = startVault((rows) => ({
				async writeTokens(lease, tokens) {
					if ((await workspaces().list()).length === 2) await remove('acme');
					return rows.writeTokens(lease, tokens);
				},
			}));

			expect((await moving.accessToken(grantId)).token).toBe('access-3');
			expect(await db().selectFrom('token_answers').selectAll().execute()).toEqual([]);
		});
	});
});
