import fc from 'fast-check';

import {
	stretchIntervals,
	type WantedInterval,
} from '../../../hub-server/src/sync/stretchIntervals';

const every = (id: string, everySeconds: number, weight = 1, callsARun = 1): WantedInterval => ({
	id,
	everySeconds,
	weight,
	callsARun,
});

it('leaves every interval as asked for while the calls of a day suffice', () => {
	const streams = [every('contact', 900), every('invoice', 900)];

	expect([...stretchIntervals(streams, 192)]).toEqual([
		['contact', 900],
		['invoice', 900],
	]);
});

it('stretches those that ask for most, and leaves a modest one alone', () => {
	const streams = [every('item', 3_600), every('contact', 300), every('invoice', 300)];

	expect([...stretchIntervals(streams, 500)]).toEqual([
		['item', 3_600],
		['contact', 364],
		['invoice', 364],
	]);
});

it('gives twice as many runs to what no webhook tells', () => {
	const streams = [every('contact', 60, 1), every('bank_transaction', 60, 2)];

	const seconds = stretchIntervals(streams, 300);

	expect(seconds.get('contact')).toBe(864);
	expect(seconds.get('bank_transaction')).toBe(432);
});

it('counts the calls that a run takes', () => {
	expect(stretchIntervals([every('sweep', 3_600, 1, 10)], 24).get('sweep')).toBe(36_000);
});

it('fits a Starter organisation, all streams each quarter of an hour, into half of its 1,000 calls', () => {
	const streams = Array.from({ length: 17 }, (_, index) => every(`stream-${index}`, 900));

	const seconds = stretchIntervals(streams, 500);

	expect(callsOf(streams, seconds)).toBeLessThanOrEqual(500);
	expect(Math.max(...seconds.values())).toBeLessThan(3_600);
});

it('lets each run once a day even where there are no calls left', () => {
	expect(stretchIntervals([every('contact', 900)], 0).get('contact')).toBe(86_400);
	expect(stretchIntervals([every('contact', 900)], -20).get('contact')).toBe(86_400);
});

const streams = fc.uniqueArray(
	fc.record({
		id: fc.string({ minLength: 1 }),
		everySeconds: fc.integer({ min: 60, max: 86_400 }),
		weight: fc.integer({ min: 1, max: 4 }),
		callsARun: fc.integer({ min: 1, max: 20 }),
	}),
	{ selector: ({ id }) => id, maxLength: 20 },
);

it('runs none more often than asked for, and all together within the calls or once a day', () => {
	fc.assert(
		fc.property(streams, fc.integer({ min: 0, max: 5_000 }), (wanted, callsADay) => {
			const seconds = stretchIntervals(wanted, callsADay);

			for (const { id, everySeconds } of wanted) {
				expect(seconds.get(id)).toBeGreaterThanOrEqual(everySeconds);
				expect(seconds.get(id)).toBeLessThanOrEqual(86_400);
			}
			const oncePerDay = wanted.reduce((sum, { callsARun }) => sum + callsARun, 0);
			expect(callsOf(wanted, seconds)).toBeLessThanOrEqual(callsADay + oncePerDay);
		}),
	);
});

it('leaves nothing over while a stream runs less often than asked for', () => {
	fc.assert(
		fc.property(streams, fc.integer({ min: 0, max: 5_000 }), (wanted, callsADay) => {
			const seconds = stretchIntervals(wanted, callsADay);
			const isStretched = wanted.some(({ id, everySeconds }) => seconds.get(id) !== everySeconds);

			if (isStretched) {
				// Whole seconds lose a little: less than a hundredth at an interval of a minute and more.
				expect(callsOf(wanted, seconds)).toBeGreaterThan(callsADay * 0.98 - 1);
			}
		}),
	);
});

function callsOf(wanted: readonly WantedInterval[], seconds: ReadonlyMap<string, number>): number {
	return wanted.reduce(
		(sum, { id, callsARun }) => sum + (86_400 / (seconds.get(id) ?? 0)) * callsARun,
		0,
	);
}
