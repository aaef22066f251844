import { sql } from 'kysely';
import { createReadDayBudgets } from '../../hub-server/src/xero/pacing/dayBudgets';
import { createMemoryPaceStore } from '../../hub-server/src/xero/pacing/memoryPaceStore';
import type { ObservedLimits } from '../../hub-server/src/xero/pacing/orgPace';
import { paceOrg } from '../../hub-server/src/xero/pacing/paceOrg';
import { createPacer, type Turn } from '../../hub-server/src/xero/pacing/pacer';
import type { PaceStore } from '../../hub-server/src/xero/pacing/PaceStore';
import { createPostgresPaceStore } from '../../hub-server/src/xero/pacing/postgresPaceStore';
import { freshLedger } from '../support/freshLedger';

const LIMITS = { concurrent: 5, perMinute: 20, windowMs: 60_000 };

/** @param freshStores two views of the same paces, as two processes have them, or one twice */
function describePaceStore(
	name: string,
	freshStores: (
		now: () => number,
	) => Promise<{ stores: [PaceStore, PaceStore]; close(): Promise<void> }>,
) {
	describe(`pacing with ${name}`, () => {
		let now: number;
		let stores: [PaceStore, PaceStore];
		let close: () => Promise<void>;
		beforeEach(async () => {
			now = Date.now();
			({ stores, close } = await freshStores(() => now));
		});
		afterEach(() => close());

		const pacerOn = (store: PaceStore) => createPacer({ store, limits: LIMITS, uptime: () => now });
		const wish = (flow = 'a', waitMs = 0) => ({
			app: 'app',
			org: 'org',
			flow,
			deadline: now + waitMs,
		});
		const settled = (outcomes: readonly PromiseSettledResult<Turn>[]) =>
			outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));

		it('lets five calls of an organisation run at a time, whichever process makes them', async () => {
			const [one, other] = [pacerOn(stores[0]), pacerOn(stores[1])];

			const outcomes = await Promise.allSettled(
				Array.from({ length: 8 }, (_, index) => (index % 2 ? one : other).enter(wish())),
			);

			expect(settled(outcomes)).toHaveLength(5);
			expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
				reason: {
					code: 'xero_rate_limited',
					status: 429,
					headers: { 'Retry-After': '2', 'X-Rate-Limit-Problem': 'concurrent' },
				},
			});
		});

		it('lets the next begin when one has ended, in the other process too', async () => {
			const [one, other] = [pacerOn(stores[0]), pacerOn(stores[1])];
			const turns = await Promise.all(Array.from({ length: 5 }, () => one.enter(wish())));
			const waiting = other.enter(wish('b', 30_000));

			turns[0]?.finish();

			await expect(waiting).resolves.toBeDefined();
		});

		it("keeps every organisation of an app away when Xero says that the app's minute is over", async () => {
			const [one, other] = [pacerOn(stores[0]), pacerOn(stores[1])];
			const turn = await one.enter(wish());
			await turn.learn({ refusal: { limit: 'appminute', pauseMs: 7_000 } });
			turn.finish();

			const refused = other.enter({ ...wish(), org: 'another of the app' });
			const elsewhere = other.enter({ ...wish(), org: 'of another app', app: 'another' });

			await expect(refused).rejects.toMatchObject({
				message: expect.stringContaining('the app is used up by all its organisations'),
				headers: { 'Retry-After': '7', 'X-Rate-Limit-Problem': 'appminute' },
			});
			await expect(elsewhere).resolves.toBeDefined();
			now += 7_000;
			await expect(other.enter(wish())).resolves.toBeDefined();
		});

		it('tells both what Xero said about the day, until that day is over', async () => {
			const organisation = { clientId: 'app', tenantId: 'tenant' };
			const org = paceOrg('app', 'tenant');
			const unknown = { clientId: 'grant', tenantId: 'another' };
			const read = async () => {
				const readDayBudgets = createReadDayBudgets({ store: stores[1], clock: () => now });
				return readDayBudgets([unknown, organisation]);
			};
			const learn = async (observed: ObservedLimits) => {
				const turn = await pacerOn(stores[0]).enter({ ...wish(), org });
				await turn.learn(observed);
				turn.finish();
			};

			await learn({ dayRemaining: 12 });
			expect(await read()).toEqual([undefined, { left: 12, at: now, fullAt: undefined }]);

			await learn({ refusal: { limit: 'day', pauseMs: 3_600_000 } });
			expect(await read()).toEqual([undefined, { left: 0, at: now, fullAt: now + 3_600_000 }]);
			now += 3_600_000;
			expect(await read()).toEqual([undefined, undefined]);

			await learn({ dayRemaining: 4_999 });
			expect(await read()).toEqual([undefined, { left: 4_999, at: now, fullAt: undefined }]);
			now += 24 * 3_600_000;
			expect(await read()).toEqual([undefined, undefined]);
		});

		it('counts the minute over both, and says at once who cannot begin in time', async () => {
			const [one, other] = [pacerOn(stores[0]), pacerOn(stores[1])];
			for (let call = 0; call < 20; call += 1) {
				(await (call % 2 ? one : other).enter(wish('a', 1_000))).finish();
			}

			await expect(one.enter(wish('a', 59_000))).rejects.toMatchObject({
				limit: 'minute',
				retryAfterSeconds: 60,
			});
		});

		it('shares the word of Xero on a spent day', async () => {
			const [one, other] = [pacerOn(stores[0]), pacerOn(stores[1])];
			const turn = await one.enter(wish());

			await turn.learn({ refusal: { limit: 'day', pauseMs: 3_600_000 } });

			await expect(other.enter(wish('b', 60_000))).rejects.toMatchObject({
				limit: 'day',
				retryAfterSeconds: 3_600,
			});
		});

		it('forgets what it learned on a clock that was set back since', async () => {
			const pacer = pacerOn(stores[0]);
			for (let call = 0; call < 20; call += 1) (await pacer.enter(wish('a', 1_000))).finish();
			now -= 3_600_000;

			await expect(pacerOn(stores[1]).enter(wish())).resolves.toBeDefined();
		});

		it('keeps organisations apart', async () => {
			const pacer = pacerOn(stores[0]);
			await Promise.all(Array.from({ length: 5 }, () => pacer.enter(wish())));

			await expect(pacer.enter({ ...wish(), org: 'another' })).resolves.toBeDefined();
		});

		it('lets the workflows take turns', async () => {
			const pacer = pacerOn(stores[0]);
			const running = await Promise.all(Array.from({ length: 5 }, () => pacer.enter(wish())));
			const begun: string[] = [];
			const calls = ['big', 'big', 'big', 'small'].map(async (flow) => {
				const turn = await pacer.enter(wish(flow, 30_000));
				begun.push(flow);
				turn.finish();
			});

			running[0]?.finish();
			await Promise.all(calls);

			expect(begun.indexOf('small')).toBe(1);
		});

		it('lets go of a caller who went away, and gives his place to the next', async () => {
			const pacer = pacerOn(stores[0]);
			const running = await Promise.all(Array.from({ length: 5 }, () => pacer.enter(wish())));
			const gone = new AbortController();
			const left = pacer.enter({ ...wish('a', 30_000), signal: gone.signal });
			const next = pacer.enter(wish('a', 30_000));

			gone.abort(new Error('gone'));
			running[0]?.finish();

			await expect(left).rejects.toThrow('gone');
			await expect(next).resolves.toBeDefined();
		});
	});
}

describePaceStore('a memory of one process', async (now) => {
	const store = createMemoryPaceStore(LIMITS, now);
	return { stores: [store, { ...store, pollMs: 10 }], close: async () => {} };
});

describePaceStore('PostgreSQL for all hubs', async (now) => {
	const { database, close } = await freshLedger('postgres');
	const time = () => sql<number>`cast(${now()} as bigint)`;
	const store = () => createPostgresPaceStore(database.db, LIMITS, time);
	return { stores: [store(), store()], close };
});
