import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { refuseInput, success } from '../../../nodes/Xero/errors/failure';
import { restorePosition, storePosition } from '../../../nodes/XeroNoWebhookTrigger/ListPosition';
import type { ListWatch } from '../../../nodes/XeroNoWebhookTrigger/ListWatch';
import { readBaseline, readChangesOf } from '../../../nodes/XeroNoWebhookTrigger/readWatchedList';
import {
	BATCH_SIZE,
	watchList,
	type WatchDeps,
} from '../../../nodes/XeroNoWebhookTrigger/watchList';
import { WATCHED_LISTS } from '../../../nodes/XeroNoWebhookTrigger/watchedLists';
import { ChangingList } from './changingList';

const START = Date.UTC(2026, 10, 1);
const CONTACTS = WATCHED_LISTS[0]!;
const LIMIT = 5_000;

interface Told {
	readonly id: string;
	readonly type: string;
	/** `/Date(…)/` of the record. */
	readonly version: string;
	readonly isClassified: boolean;
}

/** A list, watched; `told` has one array for each run of the workflow. */
function watching(list: ChangingList, options: Partial<WatchDeps> = {}) {
	const { list: watched = CONTACTS } = options;
	const told: Told[][] = [];
	const watch: ListWatch = { isBusy: false };
	const limit = options.limit ?? LIMIT;
	const deps: WatchDeps = {
		list: watched,
		wanted: new Set(['contact.created', 'contact.updated', 'contact.archived']),
		limit,
		isClosed: () => false,
		baseline: async () => await readBaseline(list.reader, watched, 'tenant', limit),
		changes: async (position, room) =>
			await readChangesOf(list.reader, watched, 'tenant', position, room),
		emit: async (changes) => {
			told.push(
				changes.map(({ record, type, isClassified }) => ({
					id: String(record.ContactID),
					type,
					version: String(record.UpdatedDateUTC),
					isClassified,
				})),
			);
			return success('counts');
		},
		...options,
	};
	return { told, watch, round: async () => await watchList(watch, deps) };
}

/** With records `c0`, `c1` …, each as long after the one before. */
function listOf(count: number, afterMs?: number): ChangingList {
	const list = new ChangingList(START);
	for (let index = 0; index < count; index += 1) list.change(`c${index}`, {}, afterMs);
	return list;
}

it('tells nothing the first time, then what is new, what has changed and what that means', async () => {
	const list = listOf(3);
	const { told, round } = watching(list);

	await round();
	await round();
	list.change('c1', { Name: 'Other' });
	list.change('new');
	list.change('c2', { ContactStatus: 'ARCHIVED' });
	await round();
	await round();

	expect(told).toMatchObject([
		[
			{ id: 'c1', type: 'contact.updated', isClassified: true },
			{ id: 'new', type: 'contact.created', isClassified: true },
			{ id: 'c2', type: 'contact.archived', isClassified: true },
		],
	]);
});

it('asks once where nothing has changed', async () => {
	const list = listOf(3);
	const { round } = watching(list);
	await round();
	const before = list.requests.length;

	await round();

	expect(list.requests.slice(before)).toMatchObject([
		{
			path: 'api.xro/2.0/Contacts',
			ifModifiedSince: expect.any(String),
			query: { includeArchived: 'true', order: 'UpdatedDateUTC ASC', page: '1' },
		},
	]);
});

it('reads the newest 5,000 of a long list as its baseline, and no more', async () => {
	const list = listOf(7_000, 60_000);
	const { watch, round } = watching(list);

	await round();

	expect(watch.position).toMatchObject({ isWhole: false });
	expect(watch.position!.states.size).toBe(5_000);
	expect(watch.position!.states.has('c2000')).toBe(true);
	// Five pages of 1,000, and what changed meanwhile.
	expect(list.requests).toHaveLength(6);
});

it('tells a change of a record that is not among them as what it may be', async () => {
	const list = listOf(20, 2_000);
	const { told, round } = watching(list, { limit: 10 });
	await round();

	list.change('c3', { Name: 'Old' });
	list.change('c15', { Name: 'Remembered' });
	await round();

	expect(told).toMatchObject([
		[
			{ id: 'c3', type: 'contact.created', isClassified: false },
			{ id: 'c15', type: 'contact.updated', isClassified: true },
		],
	]);
});

it('hands on many changes batch by batch, and each once', async () => {
	const list = listOf(0);
	const { told, round } = watching(list);
	await round();

	for (let index = 0; index < 2 * BATCH_SIZE + 10; index += 1) list.change(`n${index}`);
	await round();

	expect(told.map((batch) => batch.length)).toEqual([BATCH_SIZE, BATCH_SIZE, 10]);
	expect(new Set(told.flat().map(({ id }) => id)).size).toBe(2 * BATCH_SIZE + 10);
});

it('tells the same changes again until they count', async () => {
	const list = listOf(1);
	const fates = [
		success('comesAgain' as const),
		refuseInput('n8n could not run the workflow'),
		success('counts' as const),
	];
	const tried: string[] = [];
	const { round } = watching(list, {
		emit: async (changes) => {
			tried.push(changes.map(({ record }) => record.UpdatedDateUTC).join());
			return fates[tried.length - 1]!;
		},
	});
	await round();
	list.change('c0');

	const outcomes = [await round(), await round(), await round(), await round()];

	expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, true, true]);
	expect(tried).toHaveLength(3);
	expect(new Set(tried).size).toBe(1);
});

it('does nothing while a workflow that it started still runs, whoever asks', async () => {
	const list = listOf(1);
	let finish: () => void = () => {};
	let emitted = 0;
	const { round } = watching(list, {
		emit: async () => {
			emitted += 1;
			await new Promise<void>((done) => (finish = done));
			return success('counts');
		},
	});
	await round();
	list.change('c0');

	const running = round();
	while (emitted === 0) await new Promise(setImmediate);
	await round();
	finish();
	await running;
	await round();

	expect(emitted).toBe(1);
});

it('starts nothing more once the trigger is switched off, and goes on there when it is on again', async () => {
	const list = listOf(1);
	let isClosed = false;
	const { told, round } = watching(list, { isClosed: () => isClosed });
	await round();
	list.change('c0');

	isClosed = true;
	await round();
	const whileClosed = told.length;
	isClosed = false;
	await round();

	expect(whileClosed).toBe(0);
	expect(told).toMatchObject([[{ id: 'c0' }]]);
});

it('stays where it was when Xero refuses', async () => {
	const list = listOf(1);
	const { told, round } = watching(list);
	await round();
	list.change('c0');

	list.refusal = { kind: 'lost', message: 'socket hang up' };
	const refused = await round();
	list.refusal = undefined;
	await round();

	expect(refused).toMatchObject({ ok: false });
	expect(told).toMatchObject([[{ id: 'c0' }]]);
});

it('makes its baseline later where Xero was away at first', async () => {
	const list = listOf(2);
	const { told, round } = watching(list);

	list.refusal = { kind: 'lost', message: 'socket hang up' };
	const refused = await round();
	list.refusal = undefined;
	await round();
	list.change('c1');
	await round();

	expect(refused.ok).toBe(false);
	expect(told).toMatchObject([[{ id: 'c1', type: 'contact.updated' }]]);
});

describe('a list that changes while it is read', () => {
	const RECORDS = 230;
	const IN_PAGES_OF_100 = {
		...CONTACTS,
		collection: { ...CONTACTS.collection, paging: 'fixed' as const },
	};
	/** Before each answer: which records change; those beyond the first are new. */
	const churn = fc.array(
		fc.record({
			changes: fc.array(fc.integer({ min: 0, max: RECORDS + 40 }), { maxLength: 60 }),
			restMs: fc.constantFrom(0, 1_000, 10 * 60_000),
		}),
		{ maxLength: 12 },
	);

	it('loses no change, and tells each version once, also where it starts anew from what was saved', async () => {
		await fc.assert(
			fc.asyncProperty(churn, fc.constantFrom(2, 40, 2_000), async (waves, afterMs) => {
				const list = listOf(RECORDS, afterMs);
				const waiting = [...waves];
				list.meanwhile = () => {
					const wave = waiting.shift();
					if (wave === undefined) return;
					list.nowMs += wave.restMs;
					for (const index of wave.changes) list.change(`c${index}`, {}, Math.min(afterMs, 40));
				};
				const { told, watch, round } = watching(list, { list: IN_PAGES_OF_100 });

				await round();
				const baseline = new Map(
					[...watch.position!.states].map(([id, { at }]) => [id, `/Date(${at}+0000)/`]),
				);
				while (waiting.length > 0) {
					await round();
					watch.position = restorePosition(storePosition(watch.position!));
				}
				await round();

				const versions = told.flat().map(({ id, version }) => `${id} ${version}`);
				const isSeen = ([id, { UpdatedDateUTC }]: [string, IDataObject]) =>
					baseline.get(id) === UpdatedDateUTC || versions.includes(`${id} ${UpdatedDateUTC}`);
				const created = told.flat().filter(({ type }) => type === 'contact.created');
				expect(new Set(versions).size).toBe(versions.length);
				expect([...list.records].filter((record) => !isSeen(record))).toEqual([]);
				expect(created.map(({ id }) => id).sort()).toEqual(
					[...list.records.keys()].filter((id) => !baseline.has(id)).sort(),
				);
			}),
			{ numRuns: 40, endOnFailure: true },
		);
	});
});
