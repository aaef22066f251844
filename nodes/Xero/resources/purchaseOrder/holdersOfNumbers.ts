import type { IDataObject } from 'n8n-workflow';

import { comparable } from '../../../../hub-server/protocol/xero';
import { CALLS_IN_FLIGHT } from '../../batching/concurrency';
import { eachConcurrently } from '../../batching/eachConcurrently';
import { groupByOrganisation } from '../../batching/groupByOrganisation';
import { refuse, success, type Outcome } from '../../errors/failure';
import { purchaseOrderKind } from '../../kinds/purchaseOrderKind';
import type { XeroReply } from '../../messages/XeroReply';
import { explainFor } from '../../requests/explainFor';
import { readCollection, type CollectionPage } from '../../requests/readCollection';
import { refuseRepeatedPage } from '../../requests/refuseRepeatedPage';
import { forItem } from '../../run/forItem';
import type { OperationRun } from '../../run/OperationRun';
import { placeOf } from '../../values/placeOf';

const { collection } = purchaseOrderKind;

/** So few are looked up one by one: most organisations have a page of orders or more. */
const FEW = 2;
const PAGE_SIZE = 1000;

/** By item: the order that has the item's number already, or why that could not be found out. */
export type Holders = ReadonlyArray<Outcome<IDataObject> | undefined>;

interface Wish {
	readonly item: number;
	readonly tenantId: string;
	/** As Xero compares numbers. */
	readonly number: string;
}

/**
 * Looks up the orders that hold the numbers of the items, in as few requests as it takes: the whole
 * list page by page, or number by number where that is less. An item whose number an earlier item of
 * the run has counts as taken too.
 */
export async function holdersOfNumbers(
	run: OperationRun,
	numberOf: (item: number) => string | undefined,
): Promise<Holders> {
	const holders: Array<Outcome<IDataObject> | undefined> = Array.from(
		{ length: run.itemCount },
		() => undefined,
	);
	for (const { tenantId, members } of groupByOrganisation(await wishesOf(run, numberOf))) {
		const numbers = [...new Set(members.map(({ number }) => number))];
		const taken = await lookUp(run, tenantId, numbers);
		for (const { item, number } of members) {
			holders[item] = taken.ok ? taken.value.get(number) : taken;
			if (!taken.ok) continue;
			taken.value.set(number, holders[item] ?? success(newOrder(number, run.inputItems(item))));
		}
	}
	return holders;
}

async function wishesOf(
	run: OperationRun,
	numberOf: (item: number) => string | undefined,
): Promise<Wish[]> {
	const wishes: Wish[] = [];
	for (let item = 0; item < run.itemCount; item++) {
		const wish = await forItem<Wish | undefined>(async () => {
			const number = numberOf(item);
			if (number === undefined) return success(undefined);
			const tenantId = await run.organisationOf(item);
			if (!tenantId.ok) return tenantId;
			return success({ item, tenantId: tenantId.value, number: comparable(number) });
		});
		if (wish.ok && wish.value !== undefined) wishes.push(wish.value);
	}
	return wishes;
}

function newOrder(number: string, items: readonly number[]): IDataObject {
	return { PurchaseOrderNumber: number, Status: `given to ${placeOf(items.slice(0, 1))}` };
}

type Taken = Map<string, Outcome<IDataObject>>;

async function lookUp(
	run: OperationRun,
	tenantId: string,
	numbers: readonly string[],
): Promise<Outcome<Taken>> {
	if (numbers.length <= FEW) return await oneByOne(run, tenantId, numbers);
	const first = await readPage(run, tenantId, 1);
	if (!first.ok) return first;
	const pageCount = first.value.pageCount ?? 1;
	if (pageCount - 1 > numbers.length) return await oneByOne(run, tenantId, numbers);

	const records = [...first.value.records];
	let before = first.value.records;
	for (let page = 2; page <= pageCount; page++) {
		const next = await readPage(run, tenantId, page);
		if (!next.ok) return next;
		const repeated = refuseRepeatedPage(
			next.value.records,
			before,
			(order) => order[collection.idField],
		);
		if (repeated !== undefined) return repeated;
		before = next.value.records;
		records.push(...before);
	}
	const wanted = new Set(numbers);
	return success(
		new Map(
			records
				.map((order) => [comparable(order.PurchaseOrderNumber), success(order)] as const)
				.filter(([number]) => wanted.has(number)),
		),
	);
}

async function oneByOne(
	run: OperationRun,
	tenantId: string,
	numbers: readonly string[],
): Promise<Outcome<Taken>> {
	const taken: Taken = new Map();
	await eachConcurrently(numbers, CALLS_IN_FLIGHT, async (number) => {
		const reply = await run.transport.send({
			method: 'GET',
			path: `${collection.path}/${encodeURIComponent(number)}`,
			tenantId,
		});
		if (reply.kind === 'answered' && reply.status === 404) return;
		const order = readCollection(reply, collection.name)?.records[0];
		// A deleted order keeps its number, but Xero refuses that itself and changes nothing.
		if (order?.Status === 'DELETED') return;
		taken.set(number, order === undefined ? unread(run, tenantId, reply) : success(order));
	});
	return success(taken);
}

async function readPage(
	run: OperationRun,
	tenantId: string,
	page: number,
): Promise<Outcome<CollectionPage>> {
	const reply = await run.transport.send({
		method: 'GET',
		path: collection.path,
		tenantId,
		query: {
			page: String(page),
			pageSize: String(PAGE_SIZE),
			order: `${collection.idField} ASC`,
		},
	});
	const answer = readCollection(reply, collection.name);
	return answer === undefined ? unread(run, tenantId, reply) : success(answer);
}

function unread(run: OperationRun, tenantId: string, reply: XeroReply): Outcome<never> {
	const { scope } = collection;
	return refuse(explainFor(run, reply, { tenantId, scope, effect: 'read' }).failure);
}
