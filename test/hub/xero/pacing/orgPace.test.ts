import * as fc from 'fast-check';
import {
	expectedStart,
	finish,
	freshPace,
	learn,
	tryStart,
	XERO_LIMITS,
	type OrgPace,
} from '../../../../hub-server/src/xero/pacing/orgPace';

const NOON = Date.UTC(2026, 10, 22, 12);
const MINUTE = 60_000;

/** Begins calls at the given times until one must wait. */
function begin(pace: OrgPace, times: readonly number[]): OrgPace {
	return times.reduce((known, at, index) => {
		const verdict = tryStart(known, `call-${at}-${index}`, at, XERO_LIMITS);
		if (verdict.kind !== 'go') throw new Error(`call ${index} had to ${verdict.kind}`);
		return finish(verdict.pace, `call-${at}-${index}`);
	}, pace);
}

const sixty = (from: number) => Array.from({ length: 60 }, (_, index) => from + index * 10);

describe('the pace of an organisation', () => {
	it('never begins more than 60 calls in any minute nor more than 5 at a time', () => {
		const steps = fc.array(
			fc.record({ afterMs: fc.integer({ min: 0, max: 3_000 }), ends: fc.boolean() }),
			{ minLength: 200, maxLength: 400 },
		);
		fc.assert(
			fc.property(steps, (times) => {
				let pace = freshPace(XERO_LIMITS);
				let now = NOON;
				const begun: number[] = [];
				const running: string[] = [];
				for (const [index, { afterMs, ends }] of times.entries()) {
					now += afterMs;
					const ended = ends ? running.shift() : undefined;
					if (ended !== undefined) pace = finish(pace, ended);
					const verdict = tryStart(pace, String(index), now, XERO_LIMITS);
					if (verdict.kind !== 'go') continue;
					pace = verdict.pace;
					begun.push(now);
					running.push(String(index));
					expect(running.length).toBeLessThanOrEqual(5);
					const inMinute = begun.filter((at) => at > now - MINUTE);
					expect(inMinute.length).toBeLessThanOrEqual(60);
				}
			}),
			{ numRuns: 50 },
		);
	});

	it('waits until the oldest call of a full minute is a minute old', () => {
		const pace = begin(freshPace(XERO_LIMITS), sixty(NOON));

		expect(tryStart(pace, 'next', NOON + 1_000, XERO_LIMITS)).toEqual({
			kind: 'wait',
			limit: 'minute',
			until: NOON + MINUTE,
		});
		expect(tryStart(pace, 'next', NOON + MINUTE, XERO_LIMITS).kind).toBe('go');
	});

	it('expects as many calls in the next minute as in this one', () => {
		const pace = begin(freshPace(XERO_LIMITS), sixty(NOON));
		const expected = (ahead: number) =>
			expectedStart(pace, ahead, NOON + 1_000, XERO_LIMITS) - NOON;

		expect([0, 1, 59, 60, 120].map(expected)).toEqual([
			MINUTE,
			MINUTE + 10,
			MINUTE + 590,
			2 * MINUTE,
			3 * MINUTE,
		]);
	});

	it('keeps away as long as Xero says, and fails on a spent day', () => {
		const fresh = freshPace(XERO_LIMITS);
		const paused = learn(
			fresh,
			{ refusal: { limit: 'minute', pauseMs: 7_000 } },
			NOON,
			XERO_LIMITS,
		);
		const spent = learn(
			fresh,
			{ refusal: { limit: 'day', pauseMs: 7_200_000 } },
			NOON,
			XERO_LIMITS,
		);

		expect(tryStart(paused, 'a', NOON, XERO_LIMITS)).toMatchObject({ until: NOON + 7_000 });
		expect(tryStart(paused, 'a', NOON + 7_000, XERO_LIMITS).kind).toBe('go');
		expect(tryStart(spent, 'a', NOON, XERO_LIMITS)).toEqual({
			kind: 'day_spent',
			until: NOON + 7_200_000,
		});
		expect(tryStart(spent, 'a', NOON + 7_200_000, XERO_LIMITS).kind).toBe('go');
	});

	it('never has more calls under way than the day has left, and one that asks when it has none', () => {
		const leaves = (dayRemaining: number) =>
			learn(freshPace(XERO_LIMITS), { dayRemaining }, NOON, XERO_LIMITS);
		const underWay = (pace: OrgPace): number => {
			const verdict = tryStart(pace, String(pace.inFlight.length), NOON, XERO_LIMITS);
			return verdict.kind === 'go' ? underWay(verdict.pace) : pace.inFlight.length;
		};

		expect([0, 1, 3, 5, 900].map((left) => underWay(leaves(left)))).toEqual([1, 1, 3, 5, 5]);
	});

	it('goes on at its usual pace when a new day has begun at Xero', () => {
		const spent = learn(freshPace(XERO_LIMITS), { dayRemaining: 0 }, NOON, XERO_LIMITS);

		const renewed = learn(spent, { dayRemaining: 4_999 }, NOON + MINUTE, XERO_LIMITS);

		expect(renewed.day).toEqual({ left: 4_999, at: NOON + MINUTE });
		const begun = tryStart(renewed, 'a', NOON + MINUTE, XERO_LIMITS);
		expect(begun.kind === 'go' && tryStart(begun.pace, 'b', NOON + MINUTE, XERO_LIMITS).kind).toBe(
			'go',
		);
	});

	it('holds back when Xero counted calls that are not ours', () => {
		const pace = begin(freshPace(XERO_LIMITS), [NOON, NOON + 5_000]);

		const told = learn(pace, { minuteRemaining: 0 }, NOON + 6_000, XERO_LIMITS);

		expect(tryStart(told, 'a', NOON + 6_000, XERO_LIMITS)).toMatchObject({ until: NOON + MINUTE });
	});

	it('goes faster where Xero lifted the limit, until it refuses', () => {
		const lifted = learn(freshPace(XERO_LIMITS), { minuteRemaining: 999 }, NOON, XERO_LIMITS);
		const full = begin(lifted, sixty(NOON));

		expect(tryStart(full, 'a', NOON + 1_000, XERO_LIMITS).kind).toBe('go');
		const refused = learn(
			full,
			{ refusal: { limit: 'minute', pauseMs: 1 } },
			NOON + 1_000,
			XERO_LIMITS,
		);
		expect(tryStart(refused, 'a', NOON + 1_002, XERO_LIMITS).kind).toBe('wait');
	});

	it('forgets the call of a process that died', () => {
		let pace = freshPace(XERO_LIMITS);
		for (const id of ['1', '2', '3', '4', '5']) {
			const verdict = tryStart(pace, id, NOON, XERO_LIMITS);
			if (verdict.kind === 'go') pace = verdict.pace;
		}

		expect(tryStart(pace, '6', NOON + 100_000, XERO_LIMITS)).toEqual({
			kind: 'wait',
			limit: 'concurrent',
		});
		expect(tryStart(pace, '6', NOON + 150_000, XERO_LIMITS).kind).toBe('go');
	});
});
