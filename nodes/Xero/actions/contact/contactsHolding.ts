import type { IDataObject } from 'n8n-workflow';

import { CALLS_IN_FLIGHT } from '../../batching/concurrency';
import { eachConcurrently } from '../../batching/eachConcurrently';
import { groupBy } from '../../batching/groupBy';
import { planBatches } from '../../batching/planBatches';
import { refuse, success, type Failure, type Outcome } from '../../errors/failure';
import { equalTo } from '../../records/whereClause';
import { explainFor } from '../shared/explainFor';
import type { OperationRun } from '../shared/OperationRun';
import { readCollection } from '../shared/readCollection';
import { contactKind } from './contactKind';

const { collection } = contactKind;

/** What contacts are looked up by. */
export interface ContactKey {
	readonly item: number;
	readonly tenantId: string;
	/** Of Xero's, such as `EmailAddress`. */
	readonly field: string;
	readonly value: string;
}

/** As many as keep the address below 2 kB. */
export const VALUES_PER_REQUEST = 20;
const ADDRESS_LIMITS = { maxElements: VALUES_PER_REQUEST, maxBytes: 1_600 };
const PAGE_SIZE = 1000;

/** The same for values that Xero takes for the same: it compares without regard to case. */
export function sameValue(value: unknown): string {
	return String(value ?? '')
		.trim()
		.toLowerCase();
}

/** By item: the active contacts that hold its value, looked up 20 values in a request. */
export async function contactsHolding(
	run: OperationRun,
	keys: readonly ContactKey[],
): Promise<ReadonlyMap<number, Outcome<readonly IDataObject[]>>> {
	const holders = new Map<number, Outcome<readonly IDataObject[]>>();
	const searches = groupBy(keys, ({ tenantId, field }) => `${tenantId} ${field}`);
	for (const { members } of searches) {
		const { tenantId = '', field = '' } = members[0] ?? {};
		const wanted = new Map(members.map(({ value }) => [sameValue(value), value]));
		const found = await search(run, tenantId, field, [...wanted.values()]);
		for (const { item, value } of members) {
			holders.set(item, found.get(sameValue(value)) ?? success([]));
		}
	}
	return holders;
}

type Found = Map<string, Outcome<readonly IDataObject[]>>;

async function search(
	run: OperationRun,
	tenantId: string,
	field: string,
	values: readonly string[],
): Promise<Found> {
	const found: Found = new Map();
	const sizes = values.map(
		(value) => encodeURIComponent(`${conditionOf(field, value)} OR `).length,
	);
	const batches = planBatches(sizes, ADDRESS_LIMITS).map(({ start, end }) =>
		values.slice(start, end),
	);
	await eachConcurrently(batches, CALLS_IN_FLIGHT, async (some) => {
		const answer = await readHolders(run, tenantId, field, some);
		if (answer.ok || some.length === 1 || !isRefusedFilter(answer.failure)) {
			keep(found, field, some, answer);
			return;
		}
		await eachConcurrently(some, CALLS_IN_FLIGHT, async (value) => {
			keep(found, field, [value], await readHolders(run, tenantId, field, [value]));
		});
	});
	return found;
}

function keep(
	found: Found,
	field: string,
	values: readonly string[],
	answer: Outcome<readonly IDataObject[]>,
): void {
	for (const value of values) {
		const isHolder = (contact: IDataObject) =>
			values.length === 1 || sameValue(contact[field]) === sameValue(value);
		found.set(sameValue(value), answer.ok ? success(answer.value.filter(isHolder)) : answer);
	}
}

/** One value may be at fault, or the books too large for an OR, which Xero has not optimised. */
function isRefusedFilter(failure: Failure): boolean {
	return failure.kind === 'api' && failure.httpCode === '400';
}

async function readHolders(
	run: OperationRun,
	tenantId: string,
	field: string,
	values: readonly string[],
): Promise<Outcome<readonly IDataObject[]>> {
	const where = values.map((value) => conditionOf(field, value)).join(' OR ');
	const contacts: IDataObject[] = [];
	for (let page = 1; ; page++) {
		const reply = await run.transport.send({
			method: 'GET',
			path: collection.path,
			tenantId,
			query: {
				where,
				page: String(page),
				pageSize: String(PAGE_SIZE),
				order: `${collection.idField} ASC`,
			},
		});
		const answer = readCollection(reply, collection.name);
		if (answer === undefined) {
			const { scope } = collection;
			return refuse(explainFor(run, reply, { tenantId, scope, effect: 'read' }).failure);
		}
		contacts.push(...answer.records);
		if (page >= (answer.pageCount ?? 1)) return success(contacts);
	}
}

function conditionOf(field: string, value: string): string {
	return field === collection.idField ? `${field}==Guid("${value}")` : equalTo(field, value);
}
