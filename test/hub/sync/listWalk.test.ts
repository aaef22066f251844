import fc from 'fast-check';
import {
	RepeatedPageError,
	stepThroughList,
	type ListPosition,
} from '../../../hub-server/src/sync/listWalk';

const START = Date.UTC(2026, 10, 2, 9);
const PAGE = 10;
/** Between two pages. */
const CALL_MS = 700;

/** A list of Xero's that changes while it is read. */
function listOf(times: readonly number[], lateMs = 0, callMs = CALL_MS) {
	let clock = START;
	const rows = new Map(times.map((at, id) => [String(id), { at, visibleAt: 0 }]));
	return {
		rows,
		clock: () => clock,
		/** A changed record is away from the list until its change becomes visible. */
		change(id: string) {
			rows.set(id, { at: clock, visibleAt: clock + lateMs });
		},
		rest(ms: number) {
			clock += ms;
		},
		read({ since = -Infinity, page }: ListPosition, tellsPages = true) {
			clock += callMs;
			const listed = [...rows]
				.filter(([, { at, visibleAt }]) => at > since && visibleAt <= clock)
				.sort(([a, one], [b, other]) => one.at - other.at || (a < b ? -1 : 1));
			const shown = listed.slice((page - 1) * PAGE, page * PAGE);
			const pageCount = Math.ceil(listed.length / PAGE);
			return {
				ids: shown.map(([id]) => id),
				times: shown.map(([, { at }]) => at),
				isFull: tellsPages ? page < pageCount : shown.length === PAGE,
				...(tellsPages && { pageCount }),
				clockMs: clock,
			};
		},
	};
}

type List = ReturnType<typeof listOf>;

/** Walks to the end; `between` happens after each page. */
function walk(
	list: List,
	since: number | undefined,
	seen: Map<string, number>,
	between: () => unknown,
	tellsPages = true,
) {
	let position: ListPosition = { page: 1, ...(since !== undefined && { since }) };
	for (let pages = 1; ; pages += 1) {
		if (pages > 2_000) throw new Error('The walk does not end.');
		const page = list.read(position, tellsPages);
		page.ids.forEach((id, index) =>
			seen.set(id, Math.max(seen.get(id) ?? 0, page.times[index] ?? 0)),
		);
		const step = stepThroughList(position, page);
		if (step.isOver) return step.since;
		between();
		position = step.next;
	}
}

const churned = fc.record({
	/** Seconds before the start: many records in few seconds, and few in many. */
	ages: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 300 }),
	spread: fc.constantFrom(0, 1, 30, 3_600),
	changes: fc.array(fc.array(fc.nat(299), { maxLength: 6 }), { minLength: 1, maxLength: 200 }),
	lateMs: fc.constantFrom(0, 20_000),
	tellsPages: fc.boolean(),
	callMs: fc.constantFrom(20, CALL_MS),
});

it('sees every record, and every version that stays, however the list changes meanwhile', () => {
	fc.assert(
		fc.property(churned, ({ ages, spread, changes, lateMs, tellsPages, callMs }) => {
			const list = listOf(
				ages.map((age) => START - 1_000 - age * spread * 1_000),
				lateMs,
				callMs,
			);
			const seen = new Map<string, number>();
			const left = [...changes];
			const between = () => {
				for (const id of left.shift() ?? []) if (id < ages.length) list.change(String(id));
			};

			let since: number | undefined;
			for (let runs = 0; runs < 4; runs += 1) {
				since = walk(list, since, seen, between, tellsPages);
				list.rest(60_000);
			}
			left.length = 0;
			list.rest(10 * 60_000);
			walk(list, since, seen, between, tellsPages);

			for (const [id, { at }] of list.rows) expect([id, seen.get(id)]).toEqual([id, at]);
		}),
		{ numRuns: 300 },
	);
});

it('reads nothing again of a list that has been quiet for five minutes', () => {
	const list = listOf(Array.from({ length: 95 }, () => START - 600_000));
	const since = walk(list, undefined, new Map(), () => {});
	const again = new Map<string, number>();

	walk(list, since, again, () => {});

	expect(again.size).toBe(0);
});

it('reads the last minutes again, where a change may have become visible since', () => {
	const list = listOf([START - 1_000]);
	const since = walk(list, undefined, new Map(), () => {});

	expect(since).toBeLessThanOrEqual(START + CALL_MS - 5 * 60_000);
});

it('begins the next walk where this one first read what had just changed, however long it took', () => {
	const list = listOf(Array.from({ length: 12 }, (_, id) => START - 11_000 + id * 1_000));
	const since = walk(list, undefined, new Map(), () => list.rest(20 * 60_000));

	expect(since).toBeLessThanOrEqual(START + CALL_MS - 5 * 60_000);
});

it('reads what is stamped hours ahead of Xero’s clock once a walk, however much it is', () => {
	const list = listOf(Array.from({ length: 45 }, () => START + 3 * 3_600_000));
	const seen = new Map<string, number>();
	let pages = 0;

	walk(list, undefined, seen, () => (pages += 1));

	expect(seen.size).toBe(45);
	expect(pages).toBeLessThan(12);
});

it.each([true, false])(
	'reads a second that is hardly over forth, back and once more, where nothing changes meanwhile (pages told: %s)',
	(tellsPages) => {
		const list = listOf(
			Array.from({ length: 45 }, () => START),
			0,
			60,
		);
		const seen = new Map<string, number>();
		let pages = 1;

		walk(list, undefined, seen, () => (pages += 1), tellsPages);

		expect(seen.size).toBe(45);
		// Five pages each time, and the first one again where it begins anew.
		expect(pages).toBeLessThan(17);
	},
);

it('ends with an error where Xero gives one page for ever', () => {
	const ids = Array.from({ length: PAGE }, (_, id) => String(id));
	const page = { ids, times: ids.map(() => START), isFull: true, clockMs: START };
	const first = stepThroughList({ page: 1 }, page);
	const next = first.isOver ? { page: 1 } : first.next;
	const second = stepThroughList(next, page);

	expect(() => stepThroughList(second.isOver ? next : second.next, page)).toThrow(
		RepeatedPageError,
	);
});

it('takes the whole list for its end, whatever page was asked for', () => {
	const page = { ids: ['a', 'b'], times: [START, START], isFull: false, clockMs: START };

	expect(stepThroughList({ page: 1 }, page)).toEqual({ isOver: true, since: START - 5 * 60_000 });
});
