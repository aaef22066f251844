import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { checkCanary } from '../../../hub-server/src/secrets/checkCanary';
import { createKeyRing } from '../../../hub-server/src/secrets/keyRing';
import { countByKey, resealSecrets } from '../../../hub-server/src/secrets/resealSecrets';
import { SEALED_TABLES } from '../../../hub-server/src/secrets/sealedColumns';
import { createSubscriptionSecrets } from '../../../hub-server/src/subscriptions/subscriptionSecrets';
import { createSubscriptionStore } from '../../../hub-server/src/subscriptions/subscriptionStore';
import { createAppKeyStore } from '../../../hub-server/src/workspaces/appKeyStore';
import { ENGINES } from '../../support/freshLedger';
import { ledgerFixture, type LedgerFixture } from '../../contract/ledgerFixture';

const OLD = { id: 'old', key: randomBytes(32) };
const NEW = { id: 'new', key: randomBytes(32) };

describe.each(ENGINES)('sealing everything anew on %s', (engine) => {
	const before = createKeyRing([OLD]);
	/** Of a running hub that knows the new key already. */
	const running = createKeyRing([OLD, NEW]);
	const after = createKeyRing([NEW, OLD]);
	let hub: LedgerFixture;
	beforeEach(async () => {
		hub = await ledgerFixture(engine);
		await checkCanary(hub.db, before);
		await appKeys(before).save(hub.workspace.id, {
			clientId: 'client',
			clientSecret: 'the secret',
			webhookKey: 'first webhook key',
		});
		await appKeys(before).save(hub.workspace.id, {
			clientId: 'client',
			clientSecret: 'the secret',
			webhookKey: 'second webhook key',
		});
	});
	afterEach(() => hub.close());

	const appKeys = (keyRing: typeof before) => createAppKeyStore({ ...hub, keyRing });
	const subscriptions = (keyRing: typeof before) =>
		createSubscriptionStore({
			parkMs: 1,
			db: hub.db,
			secrets: createSubscriptionSecrets(keyRing),
			now: hub.now,
		});

	it('moves every text to the new key, and nothing needs the old one', async () => {
		expect(await countByKey(hub.db)).toEqual(new Map([['old', 4]]));

		expect(await resealSecrets({ db: hub.db, keyRing: after })).toBe(4);

		expect(await countByKey(hub.db)).toEqual(new Map([['new', 4]]));
		const onlyNew = createKeyRing([NEW]);
		await checkCanary(hub.db, onlyNew);
		const { keys } = (await appKeys(onlyNew).signingKeys(hub.workspace.slug)) ?? { keys: [] };
		expect(keys.map(({ key }) => key)).toEqual(['second webhook key', 'first webhook key']);
	});

	it('goes on where it was stopped, and has nothing to do a second time', async () => {
		const stopped = resealSecrets({
			db: hub.db,
			keyRing: after,
			onProgress: () => {
				throw new Error('killed');
			},
		});
		await expect(stopped).rejects.toThrow('killed');
		const half = await countByKey(hub.db);

		expect(half.get('new')).toBeGreaterThan(0);
		expect(half.get('old')).toBeGreaterThan(0);
		await resealSecrets({ db: hub.db, keyRing: after });
		expect(await countByKey(hub.db)).toEqual(new Map([['new', 4]]));
		expect(await resealSecrets({ db: hub.db, keyRing: after })).toBe(0);
	});

	it('loses nothing that a hub writes meanwhile', async () => {
		const wish = (url: string) => ({ url, events: ['*'], tenantIds: [], hydrate: false });
		const urls = Array.from({ length: 150 }, (_, n) => `https://n8n.example/webhook/${n}`);
		for (const url of urls) await subscriptions(before).subscribe(hub.workspace.id, wish(url));

		const rotating = resealSecrets({ db: hub.db, keyRing: after });
		for (const { id } of await subscriptions(running).list(hub.workspace.id)) {
			await subscriptions(running).rotateSecret(hub.workspace.id, id);
		}
		await rotating;
		await resealSecrets({ db: hub.db, keyRing: after });
		const onlyNew = createKeyRing([NEW]);

		expect([...(await countByKey(hub.db)).keys()]).toEqual(['new']);
		const opened = await Promise.all(
			(await subscriptions(onlyNew).list(hub.workspace.id)).map(({ id }) =>
				subscriptions(onlyNew).signingSecrets(hub.workspace.id, id),
			),
		);
		expect(opened.flat()).toHaveLength(300);
	});

	it('says which key is missing and leaves the rest as it was', async () => {
		const stranger = createKeyRing([NEW]);

		await expect(resealSecrets({ db: hub.db, keyRing: stranger })).rejects.toThrow(
			/sealed with key "old", which is not in HUB_ENCRYPTION_KEYS/,
		);

		expect(await countByKey(hub.db)).toEqual(new Map([['old', 4]]));
	});

	it('knows every column that exists', async () => {
		for (const { table, key, workspaceColumn, columns } of SEALED_TABLES) {
			const names = [key, ...columns, ...(workspaceColumn === null ? [] : [workspaceColumn])];
			await sql`select ${sql.join(names.map((name) => sql.ref(name)))} from ${sql.table(table)}`.execute(
				hub.db,
			);
		}
	});
});
