import fc from 'fast-check';

import {
	advance,
	OVERLAP_MS,
	resumeAt,
	stateOf,
	type ChangeCursor,
} from '../../../nodes/Xero/records/changeCursor';

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
	const since = cursor === undefined ? 0 : Date.parse(`${resumeAt(cursor)}Z`);
	const listed = changes
		.filter(({ at }) => at > since)
		.map((change) => stateOf(record(change), 'InvoiceID'));
	const seen = new Set(cursor?.seen);
	const given = listed.filter((state) => !seen.has(state));
	return { given, cursor: advance(cursor, given) };
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

		expect(cursor === undefined ? '' : resumeAt(cursor)).toBe('2026-11-30T08:55:00');
	});

	it('stays where it is when nothing changed', () => {
		const cursor = { until: START, seen: [`1@${START}`] };

		expect(advance(cursor, [])).toEqual(cursor);
		expect(advance(undefined, [])).toBeUndefined();
	});
});
