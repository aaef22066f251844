import { randomBytes } from 'node:crypto';
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
});
