import fc from 'fast-check';

import {
	beginWalk,
	MAX_SEEN,
	stateOf,
	takePage,
	type ChangeCursor,
	type XeroRecord,
} from '../../../hub-server/protocol/xero';

interface Change {
	readonly id: number;
	/** Unix milliseconds. */
	readonly at: number;
}

const START = Date.UTC(2026, 0, 1);
const PAGE = 3;

const record = ({ id, at }: Change): XeroRecord => ({
	ContactID: String(id),
	UpdatedDateUTC: `/Date(${at}+0000)/`,
});

/** Walks a list that does not change meanwhile, oldest change first or as `order` says. */
function walkThrough(
	changes: readonly Change[],
	begin: ChangeCursor | undefined,
	room: number,
	isInOrderOfChange = true,
) {
	const listed = isInOrderOfChange ? [...changes].sort((a, b) => a.at - b.at) : changes;
	const given: string[] = [];
	let walk = beginWalk(begin, room);
	let pages = 0;
	for (;;) {
		pages += 1;
		const { since = -Infinity, page } = walk.position;
		const wanted = listed.filter(({ at }) => at > since);
		const some = wanted.slice((page - 1) * PAGE, page * PAGE);
		const step = takePage(
			walk,
			{ records: some.map(record), isLast: page * PAGE >= wanted.length },
			{ idField: 'ContactID', isInOrderOfChange },
		);
		given.push(...step.given.map(({ ContactID }) => String(ContactID)));
		if (step.isOver) return { given, cursor: step.cursor, pages };
		walk = step.walk;
	}
}

const changes = fc
	.array(
		fc.oneof(
			fc.integer({ min: START, max: START + 20 * 60_000 }),
			// Within a second or three, and an overlap later.
			fc.integer({ min: START, max: START + 3_000 }),
			fc.integer({ min: START + 299_000, max: START + 303_000 }),
		),
		{ maxLength: 20 },
	)
	.map((times) => times.map((at, id) => ({ id, at })));

describe.each([
	['in order of change', true],
	['in an order of its own', false],
])('a walk through a list %s', (_, isInOrderOfChange) => {
	it('gives out every record once, and nothing the next time', () => {
		fc.assert(
			fc.property(changes, (all) => {
				const first = walkThrough(all, undefined, Infinity, isInOrderOfChange);
				const second = walkThrough(all, first.cursor, Infinity, isInOrderOfChange);

				expect([...first.given].sort()).toEqual(all.map(({ id }) => String(id)).sort());
				expect(second).toMatchObject({ given: [], cursor: undefined });
			}),
		);
	});
});

it('goes on where the room ran out', () => {
	fc.assert(
		fc.property(changes, fc.integer({ min: 1, max: 5 }), (all, room) => {
			const given: string[] = [];
			let cursor: ChangeCursor | undefined;
			for (let walks = 0; walks <= all.length; walks += 1) {
				const walked = walkThrough(all, cursor, room);
				expect(walked.given.length).toBeLessThanOrEqual(room);
				given.push(...walked.given);
				cursor = walked.cursor ?? cursor;
			}
			expect([...given].sort()).toEqual(all.map(({ id }) => String(id)).sort());
		}),
		{
			// What a walk gave out beyond a second that fills a page was forgotten when that second was read again.
			examples: [[[1, 0, 301_002, 0, 0, 1, 1_000].map((ms, id) => ({ id, at: START + ms })), 1]],
		},
	);
});

it('begins each page at a time, and counts pages only within one second', () => {
	const apart = Array.from({ length: 7 }, (_, id) => ({ id, at: START + 60_000 * id }));
	const together = Array.from({ length: 7 }, (_, id) => ({ id, at: START }));

	const page = { records: apart.slice(0, PAGE).map(record), isLast: false };
	const list = { idField: 'ContactID', isInOrderOfChange: true };
	const step = takePage(beginWalk(undefined, Infinity), page, list);

	expect(step).toMatchObject({ walk: { position: { since: START + 119_000, page: 1 } } });
	expect(walkThrough(together, undefined, Infinity).given).toHaveLength(7);
});

describe('a second that fills several pages, and changes while it is read', () => {
	const SIZE = 100;
	const RECORDS = 450;
	const list = { idField: 'ContactID', isInOrderOfChange: true };
	/** Before each page: which records change, a few milliseconds after one another; those beyond are new. */
	const churn = fc.array(
		fc.record({
			ids: fc.array(fc.integer({ min: 0, max: RECORDS + 20 }), { maxLength: 40 }),
			restMs: fc.constantFrom(0, 2_000, 10 * 60_000),
		}),
		{ maxLength: 12 },
	);

	/** One walk after another, until one gives nothing. */
	function walkDuring(
		waves: readonly { readonly ids: readonly number[]; readonly restMs: number }[],
		{ stepMs, room }: { readonly stepMs: number; readonly room: number },
	) {
		const times = new Map(
			Array.from({ length: RECORDS }, (_, id) => [id, START + (id % 7) * 90] as const),
		);
		const waiting = [...waves];
		const given: string[] = [];
		let clock = START + 700;
		const nextPage = ({ since = -Infinity, page }: { since?: number; page: number }) => {
			const wave = waiting.shift();
			clock += wave?.restMs ?? 0;
			for (const id of wave?.ids ?? []) times.set(id, (clock += stepMs));
			const listed = [...times].filter(([, at]) => at > since).sort((a, b) => a[1] - b[1]);
			const some = listed.slice((page - 1) * SIZE, page * SIZE);
			return {
				records: some.map(([id, at]) => record({ id, at })),
				isLast: page * SIZE >= listed.length,
				clockMs: clock,
			};
		};
		let cursor: ChangeCursor | undefined;
		for (let isMore = true; isMore;) {
			const before = given.length;
			let walk = beginWalk(cursor, room);
			for (;;) {
				const step = takePage(walk, nextPage(walk.position), list);
				given.push(...step.given.map((one) => stateOf(one, 'ContactID')));
				if (step.isOver) {
					cursor = step.cursor ?? cursor;
					break;
				}
				walk = step.walk;
			}
			isMore = given.length > before;
		}
		const unread = [...times]
			.map(([id, at]) => stateOf(record({ id, at }), 'ContactID'))
			.filter((state) => !given.includes(state));
		return { given, unread };
	}

	it('loses no record, and gives none twice in one state', () => {
		fc.assert(
			fc.property(
				churn,
				fc.integer({ min: 1, max: 9 }),
				fc.constantFrom(Infinity, 120, 250),
				(waves, stepMs, room) => {
					const { given, unread } = walkDuring(waves, { stepMs, room });

					expect(new Set(given).size).toBe(given.length);
					expect(unread).toEqual([]);
				},
			),
			{ numRuns: 100 },
		);
	});

	it('reads the record that moved from the second page to the first while both were read', () => {
		const waves = [
			{ ids: [], restMs: 0 },
			{ ids: [], restMs: 0 },
			{ ids: [0], restMs: 600_000 },
		];

		const { unread } = walkDuring(waves, { stepMs: 5, room: Infinity });

		expect(unread).toEqual([]);
	});

	it('is read up and down where something is new, and once where nothing is', () => {
		const all = Array.from({ length: 7 }, (_, id) => ({ id, at: START }));

		const { cursor, pages } = walkThrough(all, undefined, Infinity);

		// One that finds where the second begins, three up, two down.
		expect(pages).toBe(6);
		expect(walkThrough(all, cursor, Infinity)).toEqual({ given: [], cursor: undefined, pages: 4 });
	});

	it('forgets nothing of a second that it has not read to its end', () => {
		const all = Array.from({ length: 3 * MAX_SEEN }, (_, id) => ({ id, at: START + (id % 900) }));
		const page = { records: all.map(record), isLast: false };
		const walk = { ...beginWalk(undefined, 2 * MAX_SEEN), position: { since: START, page: 2 } };

		const step = takePage(walk, page, list);

		expect(step).toMatchObject({ isOver: true });
		const { cursor } = step as Extract<typeof step, { isOver: true }>;
		expect(cursor?.allUntil ?? 0).toBeLessThanOrEqual(START);
	});
});

it('ends with no cursor where nothing was to give', () => {
	const step = takePage(
		beginWalk(undefined, Infinity),
		{ records: [], isLast: true },
		{ idField: 'ContactID', isInOrderOfChange: true },
	);

	expect(step).toEqual({ isOver: true, given: [] });
});

describe('a record that is stamped ahead of Xero’s clock', () => {
	const HOURS = 3 * 3_600_000;
	const list = { idField: 'ContactID', isInOrderOfChange: true };
	const ahead = { id: 2, at: START + HOURS };

	it('is given once, and moves the cursor to the clock only', () => {
		const page = {
			records: [{ id: 1, at: START - 1_000 }, ahead].map(record),
			isLast: true,
			clockMs: START,
		};

		const first = takePage(beginWalk(undefined, Infinity), page, list);
		const cursor = first.isOver ? first.cursor : undefined;
		const later = {
			records: [{ id: 3, at: START + 60_000 }, ahead].map(record),
			isLast: true,
			clockMs: START + 120_000,
		};
		const second = takePage(beginWalk(cursor, Infinity), later, list);

		expect(cursor?.until).toBe(START);
		expect(first.given).toHaveLength(2);
		expect(second.given.map(({ ContactID }) => ContactID)).toEqual(['3']);
	});

	it('does not move the next page beyond the clock', () => {
		const page = { records: [ahead].map(record), isLast: false, clockMs: START };

		const step = takePage(beginWalk(undefined, Infinity), page, list);

		expect(step).toMatchObject({ walk: { position: { since: START - 1_000, page: 1 } } });
	});

	it('moves the cursor as before where the answer says no time', () => {
		const page = { records: [ahead].map(record), isLast: true };

		expect(takePage(beginWalk(undefined, Infinity), page, list)).toMatchObject({
			cursor: { until: START + HOURS },
		});
	});
});

describe('a list that tells only when its records were made', () => {
	const made = (id: number, at: number): XeroRecord => ({
		BankTransferID: String(id),
		CreatedDateUTC: `/Date(${at}+0000)/`,
	});
	const list = { idField: 'BankTransferID', isInOrderOfChange: false };
	const given = (records: readonly XeroRecord[], begin?: ChangeCursor) => {
		const step = takePage(beginWalk(begin, Infinity), { records, isLast: true }, list);
		return {
			ids: step.given.map(({ BankTransferID }) => String(BankTransferID)),
			cursor: step.isOver ? step.cursor : undefined,
		};
	};
	const older = made(1, START - 3_600_000);

	it('gives what Xero lists again, for it was deleted meanwhile, no second time', () => {
		const { ids, cursor } = given([older, made(2, START)]);

		expect(ids).toEqual(['1', '2']);
		expect(given([older, made(3, START + 1_000)], cursor).ids).toEqual(['3']);
	});

	it('gives what was made within the overlap', () => {
		const { cursor } = given([made(2, START)]);

		expect(given([made(3, START - 60_000)], cursor).ids).toEqual(['3']);
	});

	it('gives everything in the first walk', () => {
		expect(given([older]).ids).toEqual(['1']);
	});
});
