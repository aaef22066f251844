import { stepThroughList, type ListPosition } from '../../../hub-server/src/sync/listWalk';

const RECORDS = 100_000;
const PAGE = 1_000;
/** Between two pages. */
const CHANGES = 20;
const START = Date.UTC(2026, 10, 2, 9);

/** An organisation whose books were imported in one second, and are worked on. */
function busyOrganisation() {
	const times = new Float64Array(RECORDS).fill(START - 86_400_000);
	let clock = START;
	let turn = 0;
	return {
		times,
		work() {
			clock += 700;
			for (let some = 0; some < CHANGES; some += 1) {
				turn += 1;
				times[(turn * 7_919) % RECORDS] = clock;
			}
		},
		read({ since = -Infinity, page }: ListPosition) {
			const listed = [...times.keys()]
				.filter((id) => (times[id] ?? 0) > since)
				.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
			const shown = listed.slice((page - 1) * PAGE, page * PAGE);
			const pageCount = Math.ceil(listed.length / PAGE);
			return {
				ids: shown.map(String),
				times: shown.map((id) => times[id] ?? 0),
				isFull: page < pageCount,
				pageCount,
				clockMs: clock,
			};
		},
	};
}

it('no record of 100,000 is missed while 20 change between two pages', () => {
	const xero = busyOrganisation();
	const seen = new Set<string>();
	let position: ListPosition = { page: 1 };
	for (;;) {
		const page = xero.read(position);
		for (const id of page.ids) seen.add(id);
		const step = stepThroughList(position, page);
		if (step.isOver) break;
		position = step.next;
		xero.work();
	}

	expect(seen.size).toBe(RECORDS);
}, 300_000);

it('the control: page after page, some are', () => {
	const xero = busyOrganisation();
	const seen = new Set<string>();
	for (let number = 1; ; number += 1) {
		const page = xero.read({ page: number });
		for (const id of page.ids) seen.add(id);
		if (!page.isFull) break;
		xero.work();
	}

	expect(seen.size).toBeLessThan(RECORDS);
}, 300_000);
