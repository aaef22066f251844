import fc from 'fast-check';

import {
	advance,
	asModifiedSince,
	condense,
	isGiven,
	MAX_SEEN,
	nextPosition,
	OVERLAP_MS,
	resumeAt,
	stateOf,
	type ChangeCursor,
} from '../../../hub-server/protocol/xero';

interface Change {
	readonly id: number;
	readonly at: number;
}

const START = Date.UTC(2026, 0, 1);
const record = ({ id, at }: Change) => ({
	InvoiceID: String(id),
	UpdatedDateUTC: `/Date(${at}+0000)/`,
});

/** One incremental read of all that Xero has: what it gives out, and where it ended. */
function read(cursor: ChangeCursor | undefined, changes: readonly Change[]) {
	const since = cursor === undefined ? 0 : resumeAt(cursor);
	const seen = new Set(cursor?.seen);
	const given = changes
		.filter(({ at }) => at > since)
		.map(record)
		.filter((one) => !isGiven(cursor, seen, one, 'InvoiceID'))
		.map((one) => stateOf(one, 'InvoiceID'));
	const moved = advance(cursor, given);
	return { given, cursor: moved && condense(moved, moved.until) };
}

describe('an incremental read', () => {
	it('gives out every change once, however the changes fall between the reads', () => {
		const change = fc.record({
			id: fc.nat(20),
			at: fc.integer({ min: START, max: START + 3 * OVERLAP_MS }),
		});

		fc.assert(
			fc.property(fc.array(fc.array(change, { maxLength: 20 }), { maxLength: 6 }), (batches) => {
				let cursor: ChangeCursor | undefined;
				const known = new Map<string, Change>();
				const given: string[] = [];
				let newest = 0;
				for (const batch of batches) {
					// A change becomes visible no later than the overlap after its own time.
					for (const change of batch.filter(({ at }) => at > newest - OVERLAP_MS + 1000)) {
						known.set(stateOf(record(change), 'InvoiceID'), change);
					}
					newest = Math.max(newest, ...[...known.values()].map(({ at }) => at));
					const result = read(cursor, [...known.values()]);
					given.push(...result.given);
					cursor = result.cursor;
				}
				expect(given.sort()).toEqual([...known.keys()].sort());
			}),
		);
	});

	it('gives out a record again when it changed again', () => {
		const first = read(undefined, [{ id: 1, at: START }]);
		const second = read(first.cursor, [{ id: 1, at: START + 1 }]);

		expect(second.given).toEqual([`1@${START + 1}`]);
	});

	it('asks from the overlap on, in whole seconds of UTC', () => {
		const { cursor } = read(undefined, [{ id: 1, at: Date.UTC(2026, 10, 30, 9, 0, 0, 900) }]);

		expect(cursor && asModifiedSince(resumeAt(cursor))).toBe('2026-11-30T08:55:00');
	});

	it('stays where it is when nothing changed', () => {
		const cursor = { until: START, seen: [`1@${START}`] };

		expect(advance(cursor, [])).toBe(cursor);
		expect(advance(undefined, [])).toBeUndefined();
	});

	it.each([
		['at one moment', () => START],
		['within the overlap', (id: number) => START + 10 * id],
	])('gives a bulk change out once, and remembers little of it: %s', (_, at) => {
		const bulk = Array.from({ length: 3 * MAX_SEEN }, (__, id) => ({ id, at: at(id) }));

		const first = read(undefined, bulk);
		const second = read(first.cursor, bulk);
		const third = read(second.cursor, [...bulk, { id: 1, at: START + OVERLAP_MS }]);

		expect(first.given).toHaveLength(bulk.length);
		expect(first.cursor?.seen.length).toBeLessThanOrEqual(MAX_SEEN);
		expect([second.given, third.given]).toEqual([[], [`1@${START + OVERLAP_MS}`]]);
	});

	it('forgets nothing of the newest moment while more of it may come', () => {
		const states = Array.from({ length: MAX_SEEN + 1 }, (_, id) => `${id}@${START}`);
		const cursor = { until: START, seen: ['old@1', ...states] };

		expect(condense(cursor, START - 1)).toEqual({ until: START, allUntil: 1, seen: states });
	});
});

describe('the page after a full one', () => {
	it('begins a second before the newest change', () => {
		expect(nextPosition({ page: 1 }, [START, START + 5_900])).toEqual({
			since: START + 4_000,
			page: 1,
		});
	});

	it('is the next one where one second filled the page, or where no times are told', () => {
		expect(nextPosition({ since: START, page: 2 }, [START + 900])).toEqual({
			since: START,
			page: 3,
		});
		expect(nextPosition({ page: 1 }, [0])).toEqual({ since: undefined, page: 2 });
	});
});
