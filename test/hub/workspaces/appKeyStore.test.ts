import { randomBytes } from 'node:crypto';
import { createAppKeyChanges } from '../../../hub-server/src/administration/appKeyChanges';
import { newId } from '../../../hub-server/src/database/newId';
import { createKeyRing } from '../../../hub-server/src/secrets/keyRing';
import { createAppKeyStore } from '../../../hub-server/src/workspaces/appKeyStore';
import { createWorkspaceStore } from '../../../hub-server/src/workspaces/workspaceStore';
import { ENGINES, freshLedger, type FreshLedger } from '../../support/freshLedger';

const now = () => 1_800_000_000_000;

describe.each(ENGINES)('saving app keys on %s', (engine) => {
	let ledger: FreshLedger;
	beforeEach(async () => {
		ledger = await freshLedger(engine);
	});
	afterEach(() => ledger.close());

	it('lets the grants of that app go on which Xero refused, whoever saves them, and no others', async () => {
		const { db } = ledger.database;
		const keyRing = createKeyRing([{ id: 'k1', key: randomBytes(32) }]);
		const { id: workspaceId } = await createWorkspaceStore({ db, now }).create({ name: 'Acme' });
		const grantOf = async (clientId: string, status: 'app_keys_refused' | 'reauth_required') => {
			const id = newId(now());
			await db
				.insertInto('grants')
				.values({
					id,
					workspace_id: workspaceId,
					client_id: clientId,
					xero_user_id: id,
					access_token: 'sealed',
					refresh_token: 'sealed',
					scope: '',
					expires_at: now(),
					gen: 1,
					status,
					keys_lost_at: null,
					lease_id: null,
					lease_until: null,
					refreshed_at: now(),
					created_at: now(),
				})
				.execute();
			await db
				.insertInto('alerts')
				.values({
					id,
					workspace_id: workspaceId,
					kind: status,
					subject: id,
					message: '',
					raised_at: now(),
					resolved_at: null,
				})
				.execute();
			return id;
		};
		const healed = await grantOf('THE-APP', 'app_keys_refused');
		const ended = await grantOf('THE-APP', 'reauth_required');
		const ofAnother = await grantOf('ANOTHER-APP', 'app_keys_refused');

		await createAppKeyStore({ db, keyRing, now }).save(workspaceId, {
			clientId: 'THE-APP',
			clientSecret: 'the-right-secret',
		});

		const active = await db
			.selectFrom('grants')
			.select('id')
			.where('status', '=', 'active')
			.execute();
		expect(active).toEqual([{ id: healed }]);
		const open = await db
			.selectFrom('alerts')
			.select('subject')
			.where('resolved_at', 'is', null)
			.orderBy('subject')
			.execute();
		expect(open.map(({ subject }) => subject)).toEqual([ended, ofAnother].sort());
	});

	it('counts as proven what Xero was asked about, and nothing that was saved meanwhile', async () => {
		const { db } = ledger.database;
		const keyRing = createKeyRing([{ id: 'k1', key: randomBytes(32) }]);
		const { id } = await createWorkspaceStore({ db, now }).create({ name: 'Acme' });
		// The clock stands still: two saves in one millisecond are told apart all the same.
		const appKeys = createAppKeyStore({ db, keyRing, now });
		const checked = { clientId: 'THE-APP', clientSecret: 'the-right-secret' };
		await appKeys.save(id, checked);
		await appKeys.save(id, { ...checked, clientSecret: 'never-shown-to-xero' });

		await appKeys.markVerified(id, checked);
		expect((await appKeys.view(id))?.verifiedAt).toBeNull();

		await appKeys.save(id, checked);
		await appKeys.markVerified(id, checked);
		expect((await appKeys.view(id))?.verifiedAt).not.toBeNull();
	});

	it('proves no keys that somebody saves between the check and the save of others', async () => {
		const { db } = ledger.database;
		const keyRing = createKeyRing([{ id: 'k1', key: randomBytes(32) }]);
		const { id } = await createWorkspaceStore({ db, now }).create({ name: 'Acme' });
		const appKeys = createAppKeyStore({ db, keyRing, now });
		const unseen = { clientId: 'ANOTHER-APP', clientSecret: 'never-shown-to-xero' };
		const changes = createAppKeyChanges({
			appKeys,
			readAppKeys: () => {
				throw new Error('what is saved by then was not what Xero was asked about');
			},
			verifyAppKeys: async () => {},
			appKeysChanged: async () => {
				await appKeys.save(id, unseen);
			},
			noteChange: async () => {},
		});

		const saved = await changes.save(
			{ name: 'x' },
			{ id, slug: 'acme' },
			{
				...{ clientId: 'THE-APP', clientSecret: 'the-right-secret', verify: true },
			},
		);

		expect(saved).toMatchObject({ clientId: 'ANOTHER-APP', verifiedAt: null });
	});
});
