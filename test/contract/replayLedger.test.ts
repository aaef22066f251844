import { createReplayLedger } from '../../hub-server/src/relay/replayLedger';
import type { DeliveryStatus } from '../../hub-server/src/database/tables';
import { ENGINES } from '../support/freshLedger';
import { anEvent, CLAIM, ledgerFixture, OTHER_TENANT, type LedgerFixture } from './ledgerFixture';

const ATTEMPT = { startedAt: 0, ms: 3, statusCode: 500, responseBody: 'no' };
const GIVEN_UP = { kind: 'dead', reason: 'used up' } as const;

describe.each(ENGINES)('replays on %s', (engine) => {
	let f: LedgerFixture;
	beforeEach(async () => {
		f = await ledgerFixture(engine);
	});
	afterEach(() => f.close());

	const claimOne = () => f.claimOne();
	const allUntilNow = () => ({ since: 0, until: f.now() + 1 });
	const deliveries = async () => (await f.reader.deliveries(f.workspace.id, { limit: 200 })).items;
	/** As if they had ended so. */
	const end = (status: DeliveryStatus) =>
		f.db.updateTable('deliveries').set({ status, finished_at: f.now() }).execute();
	const many = (count: number) => Array.from({ length: count }, () => anEvent());

	describe('of one delivery', () => {
		it('makes a new one of the same event', async () => {
			await f.subscribe(['*']);
			await f.accept([anEvent()]);
			const first = await claimOne();
			await f.deliveries.finish(first, GIVEN_UP, ATTEMPT);

			const { id } = await f.replays.replayDelivery(f.workspace.id, first.id);
			const replayed = await claimOne();

			expect(replayed).toMatchObject({ id, isReplay: true, attempt: 1 });
			expect(id).not.toBe(first.id);
			expect(replayed.event.id).toBe(first.event.id);
		});

		it('brings one forward that is still tried, and makes no twin', async () => {
			await f.subscribe(['*']);
			await f.accept([anEvent()]);
			const first = await claimOne();
			await f.deliveries.finish(first, { kind: 'retry', delayMs: 86_400_000 }, ATTEMPT);

			const { id } = await f.replays.replayDelivery(f.workspace.id, first.id);
			const next = await claimOne();

			expect([id, next.id, next.attempt]).toEqual([first.id, first.id, 2]);
			expect(await deliveries()).toHaveLength(1);
		});

		it('answers the replay that is under way when it is asked for again', async () => {
			await f.subscribe(['*']);
			await f.accept([anEvent()]);
			const first = await claimOne();
			await f.deliveries.finish(first, GIVEN_UP, ATTEMPT);

			const once = await f.replays.replayDelivery(f.workspace.id, first.id);
			const twice = await f.replays.replayDelivery(f.workspace.id, first.id);

			expect(twice).toEqual(once);
		});

		it('leaves one alone that is being sent', async () => {
			await f.subscribe(['*']);
			await f.accept([anEvent()]);
			const first = await claimOne();

			const { id } = await f.replays.replayDelivery(f.workspace.id, first.id);

			expect(id).toBe(first.id);
			expect(await f.deliveries.claim(CLAIM)).toEqual([]);
		});

		it('has the record read at once that one waits for', async () => {
			await f.subscribe(['contact.updated'], { hydrate: true });
			await f.accept([anEvent()]);
			f.advance(250);
			const read = { limit: 1, leaseMs: 60_000 };
			const [event] = await f.records.claim(read);
			if (!event) throw new Error('nothing to read');
			await f.records.finish([{ event, outcome: { kind: 'retry', delayMs: 3_600_000 } }]);
			const [waiting] = await deliveries();

			const { id } = await f.replays.replayDelivery(f.workspace.id, waiting?.id ?? '');

			expect(id).toBe(waiting?.id);
			expect(await f.records.claim(read)).toHaveLength(1);
		});
	});

	describe('of a time range', () => {
		it('go to the subscriptions that ask for such events now', async () => {
			await f.accept([anEvent(), anEvent({ eventCategory: 'PAYMENT' })]);
			await f.subscribe(['payment.updated']);
			const range = { since: f.now(), until: f.now() + 1 };

			const outside = await f.replayRange({ since: 0, until: f.now() });
			const inside = await f.replayRange(range);

			expect([outside, inside]).toMatchObject([
				{ status: 'finished', deliveries: 0, made: 0 },
				{ status: 'finished', deliveries: 1, made: 1 },
			]);
		});

		it('go to one subscription or one organisation when asked so', async () => {
			const one = await f.subscribe(['*'], { url: 'https://n8n.example.com/one' });
			await f.subscribe(['*'], { url: 'https://n8n.example.com/two' });
			await f.accept([anEvent(), anEvent({ tenantId: OTHER_TENANT })]);
			await end('delivered');

			const all = await f.replays.start(f.workspace.id, allUntilNow());
			await end('delivered');
			const toOne = await f.replays.start(f.workspace.id, {
				...allUntilNow(),
				subscriptionId: one.id,
				tenantId: OTHER_TENANT.toUpperCase(),
			});

			expect([all.deliveries, toOne.deliveries]).toEqual([4, 1]);
		});

		it.each(['dead', 'delivered', 'cancelled'] as const)(
			'send only what is %s when asked so, and not what was sent again since',
			async (status) => {
				await f.subscribe(['*']);
				await f.accept([anEvent()]);
				await end(status === 'dead' ? 'delivered' : 'dead');
				f.advance(1);
				await f.accept([anEvent()]);
				await f.db
					.updateTable('deliveries')
					.set({ status })
					.where('status', '=', 'pending')
					.execute();

				const first = await f.replayRange({ ...allUntilNow(), status });
				await f.db
					.updateTable('deliveries')
					.set({ status: 'filtered' })
					.where('status', '=', 'pending')
					.execute();
				const second = await f.replayRange({ ...allUntilNow(), status });

				expect([first.made, second.made]).toEqual([1, 0]);
			},
		);

		it('send what was never delivered in one call: dead, cancelled, or never planned', async () => {
			await f.subscribe(['*']);
			await f.accept(many(5));
			await f.subscribe(['*'], { url: 'https://n8n.example.com/later' });
			const rows = await f.db.selectFrom('deliveries').select('id').orderBy('id').execute();
			const states = ['dead', 'cancelled', 'filtered', 'delivered', 'pending'] as const;
			for (const [index, status] of states.entries()) {
				await f.db
					.updateTable('deliveries')
					.set({ status })
					.where('id', '=', rows[index]?.id ?? '')
					.execute();
			}

			const replay = await f.replayRange({ ...allUntilNow(), status: 'undelivered' });
			const again = await f.replayRange({ ...allUntilNow(), status: 'undelivered' });

			// To the first the three that failed, to the one that came later all five.
			expect([replay.made, again.made]).toEqual([3 + 5, 0]);
		});

		it('reach a workflow that subscribed anew, with what it missed and not with what it had', async () => {
			const { id } = await f.subscribe(['*']);
			await f.accept([anEvent(), anEvent()]);
			await f.deliveries.finish(await claimOne(), { kind: 'delivered' }, ATTEMPT);
			await f.subscriptions.discard(f.workspace.id, id);
			await f.subscribe(['*']);

			const cancelled = await f.replayRange({ ...allUntilNow(), status: 'cancelled' });
			await end('delivered');
			const undelivered = await f.replayRange({ ...allUntilNow(), status: 'undelivered' });

			expect([cancelled.made, undelivered.made]).toEqual([1, 0]);
		});

		it('bring forward what is still tried', async () => {
			await f.subscribe(['*']);
			await f.accept([anEvent()]);
			const first = await claimOne();
			await f.deliveries.finish(first, { kind: 'retry', delayMs: 86_400_000 }, ATTEMPT);

			const replay = await f.replayRange(allUntilNow());

			expect(replay).toMatchObject({ deliveries: 1, made: 1 });
			expect((await claimOne()).id).toBe(first.id);
			expect(await deliveries()).toHaveLength(1);
		});

		it('are counted first and made in steps of a hundred events', async () => {
			await f.accept(many(250));
			await f.subscribe(['*']);
			const made: number[] = [];

			const {
				id,
				status,
				deliveries: counted,
				...rest
			} = await f.replays.start(f.workspace.id, allUntilNow());
			made.push(rest.made);
			while (await f.replays.step()) made.push((await f.replays.replay(f.workspace.id, id)).made);

			expect([status, counted]).toEqual(['running', 250]);
			expect(made).toEqual([100, 200, 250]);
			expect(await f.deliveries.claim({ ...CLAIM, limit: 500, perQueue: 500 })).toHaveLength(250);
		});

		it('go on where they were when a process that made them is gone', async () => {
			await f.accept(many(150));
			await f.subscribe(['*']);
			const { id } = await f.replays.start(f.workspace.id, allUntilNow());

			const another = createReplayLedger({ db: f.db, engine, now: f.now });
			while (await another.step());

			expect(await f.replays.replay(f.workspace.id, id)).toMatchObject({
				status: 'finished',
				deliveries: 150,
				made: 150,
			});
			const rows = await f.db.selectFrom('deliveries').select('event_id').execute();
			expect(new Set(rows.map((row) => row.event_id)).size).toBe(150);
			expect(rows).toHaveLength(150);
		});

		it('make no more once they are cancelled, and keep what they made', async () => {
			await f.accept(many(150));
			await f.subscribe(['*']);
			const { id } = await f.replays.start(f.workspace.id, allUntilNow());

			const cancelled = await f.replays.cancel(f.workspace.id, id);
			const isUnderWay = await f.replays.step();

			expect(cancelled).toMatchObject({ status: 'cancelled', made: 100 });
			expect(isUnderWay).toBe(false);
			expect(await f.replays.cancel(f.workspace.id, id)).toEqual(cancelled);
		});

		it('take turns by workspace: one of many steps holds up no other', async () => {
			const other = await f.workspaces.create({ name: 'Other' });
			await f.subscribe(['*']);
			await f.accept(many(500));
			await end('dead');
			await f.subscribe(['*'], { workspaceId: other.id });
			const large = await f.replays.start(f.workspace.id, allUntilNow());
			await f.db
				.updateTable('events')
				.set({ workspace_id: other.id })
				.where('id', 'in', (e) =>
					e.selectFrom('events').select('id').orderBy('id', 'desc').limit(150),
				)
				.execute();
			const small = await f.replays.start(other.id, allUntilNow());

			await f.replays.step();

			expect(await f.replays.replay(other.id, small.id)).toMatchObject({ status: 'finished' });
			expect(await f.replays.replay(f.workspace.id, large.id)).toMatchObject({
				status: 'running',
				made: 200,
			});
		});

		it('wait while much is due to a workflow that works, and not for one that is paused', async () => {
			const { id } = await f.subscribe(['*']);
			await f.accept(many(1_002));
			await f.db
				.updateTable('deliveries')
				.set({ status: 'dead' })
				.where('id', 'in', (e) => e.selectFrom('deliveries').select('id').limit(1))
				.execute();
			const replay = await f.replays.start(f.workspace.id, { ...allUntilNow(), status: 'dead' });
			const madeAfterStep = async () => {
				await f.replays.step();
				const [row] = await f.db.selectFrom('replays').select('position_id').execute();
				return row?.position_id;
			};
			const before = (await f.db.selectFrom('replays').select('position_id').execute())[0];

			expect(replay.status).toBe('running');
			expect(await madeAfterStep()).toBe(before?.position_id);
			await f.db
				.updateTable('subscriptions')
				.set({ paused_until: f.now() + 60_000 })
				.where('id', '=', id)
				.execute();
			expect(await madeAfterStep()).not.toBe(before?.position_id);
		});

		it('are counted while they are under way, for the quota of the workspace', async () => {
			await f.accept(many(150));
			await f.subscribe(['*']);
			for (let count = 0; count < 3; count += 1) {
				await f.replays.start(f.workspace.id, allUntilNow());
			}
			const { id } = await f.replays.start(f.workspace.id, allUntilNow());

			await f.replays.cancel(f.workspace.id, id);

			expect(await f.replays.underWay(f.workspace.id)).toBe(3);
		});
	});
});
