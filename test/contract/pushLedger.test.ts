import { createPushLedger } from '../../hub-server/src/push/createPushLedger';
import { createPushStore } from '../../hub-server/src/push/createPushStore';
import type { PushWish } from '../../hub-server/src/push/Push';
import { LostLeaseError } from '../../hub-server/src/push/PushLedger';
import { createRecordSeals } from '../../hub-server/src/records/recordSeals';
import { createSlots } from '../../hub-server/src/relay/slots';
import { createPurgeSteps } from '../../hub-server/src/retention/purgeSteps';
import { ENGINES } from '../support/freshLedger';
import { ledgerFixture, START, type LedgerFixture } from './ledgerFixture';

const TENANT = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const CAUSE = { cause: { workflow: 'w', node: 'n' } };
const PAGE = { limit: 50 };
const LEASE_MS = 60_000;

const wish = (count = 2, tenantId = TENANT): PushWish => ({
	...{ tenantId, system: 'crm', entity: 'contact', codes: 'mapped', mode: 'upsert' },
	...{ policy: 'ask', matchBy: [], rounding: 'warn', dryRun: false },
	records: Array.from({ length: count }, (_, index) => ({
		externalId: String(index),
		fields: { Name: `Secret person ${index}` },
		modifiedAt: null,
	})),
});

describe.each(ENGINES)('pushes, on %s', (engine) => {
	let hub: LedgerFixture;
	let at: number;
	let store: ReturnType<typeof createPushStore>;
	let ledger: ReturnType<typeof createPushLedger>;
	beforeEach(async () => {
		hub = await ledgerFixture(engine);
		for (const tenantId of [TENANT, OTHER]) {
			await hub.connect(hub.workspace.id, tenantId, 'client');
		}
		at = START;
		const deps = {
			...{ db: hub.db, engine, now: () => at },
			recordSealOf: createRecordSeals({ db: hub.db, keyRing: hub.keyRing }),
		};
		store = createPushStore(deps);
		ledger = createPushLedger(deps);
	});
	afterEach(() => hub.close());

	const create = async (one = wish(), idempotencyKey?: string) =>
		store.create(hub.workspace.id, one, { ...CAUSE, idempotencyKey });
	const claim = async () =>
		ledger.claim({
			leaseMs: LEASE_MS,
			slots: { free: 8, limit: 8, inFlight: createSlots() },
		});
	const claimOne = async () => {
		const [claimed] = await claim();
		if (claimed === undefined) throw new Error('Nothing is due.');
		return claimed;
	};

	it('are told as they were asked for, and their records are sealed', async () => {
		const { push } = await create();

		expect(push).toMatchObject({
			status: 'running',
			counts: { pending: 2 },
			cause: { workflow: 'w', node: 'n' },
			options: { policy: 'ask' },
		});
		const { items } = await store.items(hub.workspace.id, push.id, {}, PAGE);
		expect(items.map(({ externalId }) => externalId)).toEqual(['0', '1']);
		expect(await store.item(hub.workspace.id, push.id, '1')).toMatchObject({
			fields: { Name: 'Secret person 1' },
		});
		const rows = await hub.db.selectFrom('push_items').selectAll().execute();
		expect(JSON.stringify(rows)).not.toContain('Secret');
	});

	it('with one key are one push, also at once, for a day', async () => {
		const made = await Promise.all([1, 2, 3].map(() => create(wish(), 'key')));

		expect(new Set(made.map(({ push }) => push.id)).size).toBe(1);
		expect(made.filter(({ isNew }) => isNew)).toHaveLength(1);
		await expect(create(wish(3), 'key')).rejects.toThrow('another request');
		at += 24 * 3600_000 - 1;
		expect((await create(wish(), 'key')).isNew).toBe(false);
		at += 1;
		expect((await create(wish(3), 'key')).isNew).toBe(true);
	});

	it('of one organisation are taken one at a time, by whoever asks', async () => {
		await create();
		await create();
		await create(wish(1, OTHER));

		const taken = (await Promise.all([claim(), claim(), claim()])).flat();

		expect(taken.map(({ push }) => push.tenantId).sort()).toEqual([TENANT, OTHER]);
	});

	it('are left alone by who has lost the lease', async () => {
		await create();
		const late = await claimOne();
		at += LEASE_MS;
		const now = await claimOne();
		const outcome = { position: 0, state: 'synced' } as const;

		await expect(ledger.save(late, [outcome])).rejects.toThrow(LostLeaseError);
		await expect(ledger.markSent(late, [0], true)).rejects.toThrow(LostLeaseError);
		expect(await ledger.keep(late, LEASE_MS)).toBe(false);
		await ledger.giveBack(late, { calls: 7 });

		expect(await ledger.keep(now, LEASE_MS)).toBe(true);
		expect(await store.get(hub.workspace.id, now.push.id)).toMatchObject({
			calls: 0,
			counts: { pending: 2 },
		});
	});

	it('finish when nothing is pending, and come up once more when they are retried', async () => {
		const { push } = await create();
		const claimed = await claimOne();
		await ledger.save(claimed, [
			{ position: 0, state: 'synced', xeroId: 'x', change: 'created' },
			{ position: 1, state: 'failed', message: 'No.', nextStep: 'Yes.' },
		]);
		await ledger.giveBack(claimed, { calls: 3 });

		expect(await store.get(hub.workspace.id, push.id)).toMatchObject({
			status: 'finished',
			calls: 3,
			counts: { synced: 1, failed: 1 },
		});
		expect(await store.retry(hub.workspace.id, push.id, ['unmapped'])).toBe(0);
		expect(await store.get(hub.workspace.id, push.id)).toMatchObject({ status: 'finished' });
		expect(await store.retry(hub.workspace.id, push.id)).toBe(1);
		const again = await claimOne();
		expect(await ledger.due(again, 50)).toMatchObject([{ position: 1, attempt: 1 }]);
	});

	it('wait with a reason, and go on then', async () => {
		const { push } = await create();
		await ledger.giveBack(await claimOne(), {
			calls: 0,
			wait: { waitingFor: 'day_budget', afterMs: 5_000, error: 'Used up.' },
		});

		expect(await store.get(hub.workspace.id, push.id)).toMatchObject({
			waitingFor: 'day_budget',
			error: 'Used up.',
			resumesAt: at + 5_000,
		});
		expect(await claim()).toEqual([]);
		at += 5_000;
		expect(await claim()).toHaveLength(1);
	});

	it('give way to the others of their organisation after a turn', async () => {
		const { push: first } = await create();
		at += 1;
		const { push: second } = await create();
		const one = await claimOne();
		at += 1;
		await ledger.giveBack(one, { calls: 1 });

		expect(one.push.id).toBe(first.id);
		expect((await claimOne()).push.id).toBe(second.id);
	});

	it('go with their records once they are old, and not while they run', async () => {
		const done = await create();
		const claimed = await claimOne();
		await ledger.save(claimed, [
			{ position: 0, state: 'synced' },
			{ position: 1, state: 'synced' },
		]);
		await ledger.giveBack(claimed, { calls: 0 });
		const running = await create();
		at += 100 * 86_400_000;

		const { pushes } = createPurgeSteps({ db: hub.db, engine });
		await pushes({ before: at - 90 * 86_400_000, after: undefined, limit: 200 });

		await expect(store.get(hub.workspace.id, done.push.id)).rejects.toThrow('no push');
		expect((await store.get(hub.workspace.id, running.push.id)).counts).toEqual({ pending: 2 });
		expect(await store.usage(hub.workspace.id)).toEqual({ running: 1, items: 2 });
	});

	it('are another workspace’s to nobody else', async () => {
		const { push } = await create();

		await expect(store.get('another', push.id)).rejects.toThrow('no push');
		await expect(store.item('another', push.id, '0')).rejects.toThrow('no push');
		await expect(store.retry('another', push.id)).rejects.toThrow('no push');
		expect((await store.list('another', {}, PAGE)).items).toEqual([]);
	});

	it('are undone by a push of its own, once', async () => {
		const { push } = await create();
		const claimed = await claimOne();
		await ledger.save(claimed, [
			{ position: 0, state: 'synced', xeroId: 'x-0', change: 'created' },
			{
				...{ position: 1, state: 'synced', xeroId: 'x-1', change: 'updated' },
				previous: { Name: 'Before' },
			},
		]);
		await ledger.giveBack(claimed, { calls: 0 });

		const undo = await store.undo(hub.workspace.id, push.id, CAUSE);
		const again = await store.undo(hub.workspace.id, push.id, CAUSE);

		expect(again).toMatchObject({ isNew: false, push: { id: undo.push.id } });
		expect(await ledger.due(await claimOne(), 50)).toMatchObject([
			{ externalId: '1', xeroId: 'x-1', change: 'updated', previous: { Name: 'Before' } },
			{ externalId: '0', xeroId: 'x-0', change: 'created', previous: null },
		]);
	});
});
