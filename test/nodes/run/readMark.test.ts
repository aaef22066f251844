import fc from 'fast-check';

import {
	confirm,
	leave,
	settle,
	startOf,
	type CountAsRead,
	type ReadMark,
} from '../../../nodes/Xero/run/readMark';

/** One execution of a workflow that reads once, as n8n runs it: static data as of the start, kept at the end. */
interface Step {
	readonly changes: number;
	readonly fails: boolean;
	/** Begins before the execution before it has ended, and so with the same static data. */
	readonly overlaps: boolean;
	/** Somebody retries it later on, which starts from the static data that it left. */
	readonly isRetried: boolean;
	readonly isForgotten: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
	changes: fc.nat(3),
	fails: fc.boolean(),
	overlaps: fc.boolean(),
	isRetried: fc.boolean(),
	isForgotten: fc.boolean(),
});

/** Changes are numbered; a cursor holds how many of them were read. */
const cursorAt = (count: number) => ({ until: count, seen: [] });

/** @returns the changes that an execution which came to its end had read, and how many there are */
function play(steps: readonly Step[], countAsRead: CountAsRead) {
	const processed = new Set<number>();
	const endings = new Map<string, 'succeeded' | 'failed' | 'unknown'>();
	let changes = 0;
	let kept: ReadMark = {};
	let before: ReadMark = {};
	steps.forEach(({ overlaps, fails, isRetried, isForgotten, changes: more }, index) => {
		changes += more;
		const execution = { id: `${index}`, origin: `${index}` };
		const stored = overlaps ? before : kept;
		before = kept;
		const ending = endings.get(stored.pending?.execution.id ?? '') ?? 'unknown';
		const mark = countAsRead === 'workflowSucceeded' ? settle(stored, ending) : stored;
		const begun = startOf(mark, execution)?.until ?? 0;
		let left = begun < changes ? leave(mark, cursorAt(changes), execution, countAsRead) : mark;
		const read = Array.from({ length: changes - begun }, (_, position) => begun + position);

		endings.set(execution.id, isForgotten ? 'unknown' : fails ? 'failed' : 'succeeded');
		if (!fails) {
			read.forEach((change) => processed.add(change));
			if (countAsRead === 'confirmed') left = confirm(left, execution) ?? left;
		}
		kept = left;
		if (fails && isRetried) {
			const retry = { id: `${index}b`, origin: execution.origin };
			read.forEach((change) => processed.add(change));
			if (countAsRead === 'confirmed') kept = confirm(left, retry) ?? left;
		}
	});
	return { processed, changes };
}

const CALM: Step = {
	changes: 0,
	fails: false,
	overlaps: false,
	isRetried: false,
	isForgotten: false,
};

describe('the mark of an incremental read', () => {
	it.each(['workflowSucceeded', 'confirmed'] as const)(
		'loses no change, whatever fails, overlaps, is retried or forgotten: %s',
		(countAsRead) => {
			fc.assert(
				fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
					const { processed, changes } = play([...steps, CALM], countAsRead);

					expect([...processed].sort((a, b) => a - b)).toEqual(
						Array.from({ length: changes }, (_, change) => change),
					);
				}),
			);
		},
	);

	it('does lose what a later node failed with where it counts when the node has finished', () => {
		const { processed } = play([{ ...CALM, changes: 1, fails: true }, CALM], 'nodeFinished');

		expect([...processed]).toEqual([]);
	});

	it('waits for an execution that is not over', () => {
		const pending = { cursor: cursorAt(2), execution: { id: 'a', origin: 'a' } };
		const mark: ReadMark = { settled: cursorAt(1), pending };

		expect(settle(mark, 'unfinished')).toBe(mark);
		expect(startOf(mark, { id: 'b', origin: 'b' })).toEqual(cursorAt(1));
	});

	it('is confirmed by the execution that left it and by its retries only', () => {
		const pending = { cursor: cursorAt(2), execution: { id: 'a2', origin: 'a' } };

		expect(confirm({ pending }, { id: 'a3', origin: 'a' })).toEqual({ settled: cursorAt(2) });
		expect(confirm({ pending }, { id: 'b', origin: 'b' })).toBeUndefined();
	});
});
