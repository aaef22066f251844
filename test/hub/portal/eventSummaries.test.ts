import type { StoredEvent } from '../../../hub-server/src/events/StoredEvent';
import { createSummariseEvents } from '../../../hub-server/src/portal/views/eventSummaries';
import type { RecordsWanted } from '../../../hub-server/src/records/readRecords';
import { eventually } from '../../support/eventually';

const WORKSPACE = 'w';
const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

describe('what events are about', () => {
	let uptime: number;
	let asked: RecordsWanted[];
	let left: number | undefined;
	let faults: unknown[];
	let answer: (wanted: RecordsWanted) => Promise<unknown>;
	beforeEach(() => {
		[uptime, asked, left, faults] = [0, [], 4_000, []];
		answer = ({ ids }) =>
			Promise.resolve({
				kind: 'read',
				records: new Map(ids.map((id) => [id, { InvoiceNumber: `INV-${id.slice(-2)}` }])),
			});
	});

	const create = () =>
		createSummariseEvents({
			knownRecords: { copies: () => Promise.resolve(new Map()) },
			readRecords: (wanted) => {
				asked.push(wanted);
				return answer(wanted) as never;
			},
			connections: {
				list: () =>
					Promise.resolve([
						{ tenantId: 'a', clientId: 'c', enabled: true, status: 'active' },
						{ tenantId: 'off', clientId: 'c', enabled: false, status: 'active' },
					] as never),
			},
			readDayBudgets: () =>
				Promise.resolve([left === undefined ? undefined : { left, at: 0, fullAt: undefined }]),
			uptime: () => uptime,
			onFault: (cause) => faults.push(cause),
		});
	const event = (n: number, more: object = {}) =>
		({
			...{ id: `e${n}`, tenantId: 'a', category: 'INVOICE', resourceId: idOf(n) },
			...{ record: undefined, ...more },
		}) as StoredEvent;

	it('are asked of Xero once, by one call, and known a moment later', async () => {
		const summarise = create();
		const events = [event(1), event(2), event(3, { category: 'CONTACT' })];

		const before = await summarise(WORKSPACE, events);
		const after = await eventually('the names', async () => {
			const { summaries } = await summarise(WORKSPACE, events);
			return summaries.size === 2 ? summaries : undefined;
		});

		expect(before).toEqual({ summaries: new Map(), isAsking: true });
		expect(after.get('e1')).toMatchObject({ number: 'INV-01' });
		expect(asked).toHaveLength(1);
		expect(asked[0]).toMatchObject({ category: 'INVOICE', ids: [idOf(1), idOf(2)] });
	});

	it('are asked for 40 at a time, and once a minute, however many pages are looked at', async () => {
		const summarise = create();
		const many = Array.from({ length: 90 }, (_, n) => event(n));
		answer = () => Promise.resolve({ kind: 'retry', afterMs: 1, reason: '', records: new Map() });

		for (let looks = 0; looks < 5; looks += 1) await summarise(WORKSPACE, many);
		uptime += 60_000;
		await summarise(WORKSPACE, many);

		expect(asked.map(({ ids }) => ids.length)).toEqual([40, 40]);
	});

	it.each([
		['the day has few calls left', () => (left = 150), event(1)],
		['its organisation is switched off', () => undefined, event(1, { tenantId: 'off' })],
		['its organisation is gone', () => undefined, event(1, { tenantId: 'gone' })],
		['each would be a call', () => undefined, event(1, { category: 'PAYMENT' })],
		['nobody knows what it is', () => undefined, event(1, { category: 'NEW' })],
	])('are not asked for where %s', async (_why, arrange, one) => {
		arrange();

		expect(await create()(WORKSPACE, [one])).toEqual({ summaries: new Map(), isAsking: false });
		expect(asked).toEqual([]);
	});

	it('are asked for where nobody knows how many calls are left, for one call tells', async () => {
		left = undefined;

		expect((await create()(WORKSPACE, [event(1)])).isAsking).toBe(true);
	});

	it('fail no page and no process where the reading fails', async () => {
		answer = () => Promise.reject(new Error('broken'));

		expect((await create()(WORKSPACE, [event(1)])).isAsking).toBe(true);
		await eventually('the fault', async () => (faults.length > 0 ? faults : undefined));
	});

	it('are one workspace’s: another that sees the same organisation asks for itself', async () => {
		const summarise = create();
		await summarise(WORKSPACE, [event(1)]);
		await eventually('the name', async () => {
			const { summaries } = await summarise(WORKSPACE, [event(1)]);
			return summaries.size > 0 ? summaries : undefined;
		});

		const { summaries } = await summarise('another', [event(1)], { asksXero: false });

		expect(summaries.size).toBe(0);
	});
});
