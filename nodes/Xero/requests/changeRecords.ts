import type { IDataObject } from 'n8n-workflow';

import { refuseInput, success, type Outcome } from '../errors/failure';
import { readWriteOptions } from '../fields/writeOptions';
import { forItem } from '../run/forItem';
import { failed, type ItemOutcome, type OperationResult } from '../run/ItemOutcome';
import { itemsOnly } from '../run/itemsOnly';
import type { OperationRun } from '../run/OperationRun';
import { changesInTurn } from './changesInTurn';
import { alreadySaved } from './exceptSaved';
import { fetchByWhere } from './fetchByWhere';
import { fetchRecords } from './fetchRecords';
import { recordsOfItems, type GetPlan } from './readByIds';
import { wishContent, wishOf, writeRecords, type WritePlan } from './writeRecords';

export type ChangePlan = Pick<GetPlan, 'collection' | 'idOf'> &
	Pick<WritePlan, 'asked' | 'present'> & {
		/** What to send, seen the record as Xero has it now; its id is added. */
		readonly change: (
			record: IDataObject,
			item: number,
		) => Outcome<Readonly<Record<string, unknown>>>;
	};

const METHOD = 'POST';

type Records = ReadonlyArray<Outcome<IDataObject> | undefined>;

/**
 * Reads the record that each item names, then writes what its present state asks for.
 *
 * Where several items name one record, the second is read and written after the first, and so on:
 * each sends back what it does not change, and would otherwise undo the change before it. What can
 * be refused at once still stops a run that stops at its first failure before anything is sent.
 */
export async function changeRecords(run: OperationRun, plan: ChangePlan): Promise<OperationResult> {
	const saved = await savedBefore(run, plan);
	if (saved.size === 0) return await changeAll(run, plan);
	const open = Array.from({ length: run.itemCount }, (_, item) => item).filter(
		(item) => !saved.has(item),
	);
	const { outcomes } = await changeAll(itemsOnly(run, open), planOf(plan, open));
	const all: ItemOutcome[] = Array.from(
		{ length: run.itemCount },
		(_, item) => saved.get(item) ?? { status: 'untried' },
	);
	outcomes.forEach((outcome, index) => {
		const item = open[index];
		if (item !== undefined) all[item] = outcome;
	});
	return { effect: 'write', outcomes: all };
}

/**
 * Items whose change a run that stopped has saved already, where it is known before the record is read:
 * in its new state it may refuse the same change.
 */
async function savedBefore(
	run: OperationRun,
	plan: ChangePlan,
): Promise<ReadonlyMap<number, ItemOutcome>> {
	const wishes: Array<{ readonly item: number; readonly key: string }> = [];
	const sent = new Map<number, IDataObject>();
	for (let item = 0; item < run.itemCount; item++) {
		const asked = plan.asked?.(item);
		if (asked === undefined) continue;
		const key = await forItem<string>(async () => {
			if (readWriteOptions(run, item).sendsAgain) return refuseInput('It is sent in any case');
			const tenantId = await run.organisationOf(item);
			if (!tenantId.ok) return tenantId;
			const id = plan.idOf(item);
			if (!id.ok) return id;
			const content = wishContent({ ...plan, method: METHOD }, wishOf(id.value, asked));
			sent.set(item, { ...asked, [plan.collection.idField]: id.value } as IDataObject);
			return success(run.saves.keyOf(tenantId.value, content));
		});
		if (key.ok) wishes.push({ item, key: key.value });
	}
	const saves = await run.saves.take(wishes);
	return new Map(
		[...saves].map(([item, save]) => [item, alreadySaved(save, sent.get(item) ?? {})]),
	);
}

async function changeAll(run: OperationRun, plan: ChangePlan): Promise<OperationResult> {
	const [first = [], ...further] = await changesInTurn(run, plan.idOf);
	const records = await read(run, plan);
	if (further.length === 0) return await write(run, plan, records);

	const outcomes: ItemOutcome[] = Array.from({ length: run.itemCount }, () => ({
		status: 'untried',
	}));
	const isOver = () =>
		run.stopsAtFirstFailure && outcomes.some(({ status }) => status === 'failed');
	if (run.stopsAtFirstFailure) {
		for (const [item, record] of records.entries()) {
			if (record === undefined) continue;
			const change = await forItem(() => build(plan, record, item));
			if (!change.ok) outcomes[item] = failed(change.failure);
		}
	}
	for (const [turn, items] of [first, ...further].entries()) {
		if (isOver()) break;
		const part = itemsOnly(run, items);
		const ofPart = planOf(plan, items);
		const present = turn === 0 ? items.map((item) => records[item]) : await read(part, ofPart);
		const written = await write(
			// The first item of every turn has the same number, and may ask for the same.
			{ ...part, idempotencySeed: [run.idempotencySeed, ...(turn === 0 ? [] : [turn])].join(':') },
			ofPart,
			present,
		);
		written.outcomes.forEach((outcome, index) => {
			const item = items[index];
			if (item !== undefined) outcomes[item] = outcome;
		});
	}
	return { effect: 'write', outcomes };
}

async function read(run: OperationRun, plan: ChangePlan): Promise<Records> {
	return await recordsOfItems(
		run,
		plan,
		plan.collection.bulkWhere === true ? fetchByWhere : fetchRecords,
	);
}

async function write(
	run: OperationRun,
	plan: ChangePlan,
	records: Records,
): Promise<OperationResult> {
	const { collection, asked, present } = plan;
	return await writeRecords(run, {
		collection,
		method: METHOD,
		asked,
		present,
		build: (item) => build(plan, records[item], item),
	});
}

function build(
	{ collection, change }: ChangePlan,
	record: Outcome<IDataObject> | undefined,
	item: number,
): Outcome<Readonly<Record<string, unknown>>> {
	if (record === undefined) return refuseInput(`The ${collection.label} was not read`);
	if (!record.ok) return record;
	const changed = change(record.value, item);
	return changed.ok
		? success({ ...changed.value, [collection.idField]: record.value[collection.idField] })
		: changed;
}

/** The plan as {@link itemsOnly} numbers the items. */
function planOf(plan: ChangePlan, items: readonly number[]): ChangePlan {
	const { asked, present } = plan;
	const whole = (item: number) => items[item] ?? item;
	return {
		collection: plan.collection,
		idOf: (item) => plan.idOf(whole(item)),
		change: (record, item) => plan.change(record, whole(item)),
		...(asked === undefined ? {} : { asked: (item) => asked(whole(item)) }),
		...(present === undefined
			? {}
			: { present: (record, item, sentId) => present(record, whole(item), sentId) }),
	};
}
