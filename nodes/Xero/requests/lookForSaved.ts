import type { IDataObject } from 'n8n-workflow';

import { comparable, isSame } from '../../../hub-server/protocol/xero';
import type { OperationRun } from '../run/OperationRun';
import { isBlank } from '../values/isBlank';
import { readXeroDates } from '../values/xeroDates';
import { fetchByWhere } from './fetchByWhere';
import { fetchRecords } from './fetchRecords';
import { likenessOf, type Likeness } from './likenessOf';
import { matchSaved } from './matchSaved';
import { readChangedSince } from './readChangedSince';
import type { RecordTraits } from './RecordTraits';
import type { XeroCollection } from './XeroCollection';

/** An element of the refused request. */
export interface RefusedElement {
	readonly json: string;
	/** Of the record that it changes. */
	readonly id?: string;
}

export interface RefusedRequest {
	readonly collection: XeroCollection;
	readonly method: 'PUT' | 'POST';
	readonly tenantId: string;
	/** When it was first sent, by {@link OperationRun.uptimeMs}. */
	readonly sentMs: number;
	/** Ids, {@link comparable}, of the records that the run has given out. */
	readonly given: ReadonlySet<string>;
}

/** What became of an element of a request that Xero refused as a whole. */
export type RefusedFate =
	| { readonly status: 'saved'; readonly record: IDataObject }
	/** Sending it again makes nothing twice. */
	| { readonly status: 'absent' }
	/** @property why in a sentence */
	| { readonly status: 'unknown'; readonly why: string };

/**
 * Looks in Xero for what a refused request has saved all the same: without `summarizeErrors=false` Xero
 * is known to keep the good elements of a request that it refuses (stackoverflow 52706101, xero-ruby#247,
 * pyxero#79), and with it nobody knows.
 *
 * Records that were made are found among those that changed since, by what they hold. Changes are found
 * by their ids, and only where Xero would refuse them a second time; all others are as good as absent:
 * the same values are set again, and the lines that are sent replace those that are there, so that a line
 * without an id is added no second time.
 */
export async function lookForSaved(
	run: OperationRun,
	refused: RefusedRequest,
	elements: readonly RefusedElement[],
): Promise<readonly RefusedFate[]> {
	const fates = elements.map((): RefusedFate => ABSENT);
	const sent = elements.map(({ json, id }, position): Sent => ({
		position,
		json,
		id,
		members: JSON.parse(json) as Members,
	}));
	const settle = (some: readonly Sent[], found: readonly RefusedFate[]) =>
		some.forEach(({ position }, index) => (fates[position] = found[index] ?? ABSENT));

	const once = sent.filter((one) => one.id !== undefined && isTakenOnce(one, refused));
	if (once.length > 0) settle(once, await changesOf(run, refused, once));
	const made = sent.filter((one) => one.id === undefined && !isRepeatable(one, refused));
	if (made.length > 0) settle(made, await makingsOf(run, refused, made));
	return fates;
}

type Members = Readonly<Record<string, unknown>>;

interface Sent {
	readonly position: number;
	readonly json: string;
	readonly id: string | undefined;
	readonly members: Members;
}

const ABSENT = { status: 'absent' } as const;

function isRepeatable({ members }: Sent, { method, collection }: RefusedRequest): boolean {
	return method === 'POST' && collection.traits?.namesOne?.(members) === true;
}

const NO_TRAITS: RecordTraits = { members: [] };

/**
 * A change of the status, and of nothing that cannot be compared: what is voided, deleted or archived
 * already, Xero refuses to void, delete or archive.
 */
function isTakenOnce({ members }: Sent, { collection }: RefusedRequest): boolean {
	const { members: kept, parts } = collection.traits ?? NO_TRAITS;
	const compared = new Set([collection.idField, ...STATUSES, ...kept, parts?.name]);
	return (
		STATUSES.some((name) => !isBlank(members[name])) &&
		Object.keys(members).every((name) => compared.has(name))
	);
}

const STATUSES = ['Status', 'ContactStatus'];

async function changesOf(
	run: OperationRun,
	{ collection, tenantId }: RefusedRequest,
	changes: readonly Sent[],
): Promise<RefusedFate[]> {
	const fetch = collection.bulkWhere === true ? fetchByWhere : fetchRecords;
	const ids = changes.map(({ id }) => comparable(id));
	const records = await fetch(run, collection, tenantId, ids);
	return changes.map(({ id, members }): RefusedFate => {
		const record = records.get(comparable(id));
		if (record === undefined || (!record.ok && record.failure.httpCode === '404')) return ABSENT;
		if (!record.ok) return unread(record.failure.message);
		const held = readXeroDates(record.value);
		const hasStatus = STATUSES.every(
			(name) => isBlank(members[name]) || isSame(members[name], held[name]),
		);
		return hasStatus && likenessOf(members, held, collection.traits ?? NO_TRAITS) === 'same'
			? { status: 'saved', record: record.value }
			: ABSENT;
	});
}

/**
 * Xero answers an idempotency key of the last six minutes as before, so that the refusal may be as old;
 * and its servers' clocks are not one.
 *
 * @see https://developer.xero.com/documentation/guides/idempotent-requests/idempotency/
 */
const OLDEST_REFUSAL_MS = 7 * 60_000;

async function makingsOf(
	run: OperationRun,
	{ collection, tenantId, sentMs, given }: RefusedRequest,
	makings: readonly Sent[],
): Promise<RefusedFate[]> {
	const { traits, idField, label } = collection;
	if (traits === undefined) {
		const why = `Xero does not say when a ${label} was made.`;
		return makings.map(() => ({ status: 'unknown', why }));
	}
	const agoMs = run.uptimeMs() - sentMs + OLDEST_REFUSAL_MS;
	const changed = await readChangedSince(run, collection, tenantId, agoMs);
	if (!changed.ok) return makings.map(() => unread(changed.failure.message));
	const { records, clockMs } = changed.value;
	const candidates = records
		.filter((record) => !given.has(comparable(record[idField])))
		.map((record) => ({ record, held: readXeroDates(record) }));
	const matches = matchSaved(
		makings.map(({ json }) => json),
		candidates,
		(element, { held }) => likenessOfNew(makings[element]?.members ?? {}, held, traits, clockMs),
	);
	return matches.map((match): RefusedFate => {
		if (match.status === 'saved') return { status: 'saved', record: match.record.record };
		return match.status === 'absent' ? ABSENT : { status: 'unknown', why: UNCLEAR };
	});
}

const UNCLEAR = 'Xero has records that may be this item, or part of it, or another.';

function unread(message: string): RefusedFate {
	return { status: 'unknown', why: `Looking for it in Xero failed: ${message}.` };
}

/** A document without a day is of today; nothing is made that is void or deleted from the start. */
function likenessOfNew(
	sent: Members,
	held: IDataObject,
	traits: RecordTraits,
	clockMs: number,
): Likeness {
	if (ENDED.includes(String(held.Status))) return 'other';
	const likeness = likenessOf(sent, held, traits);
	const isOfToday =
		!traits.members.includes('Date') ||
		!isBlank(sent.Date) ||
		Math.abs(Date.parse(String(held.Date)) - clockMs) < TWO_DAYS_MS;
	return likeness === 'same' && !isOfToday ? 'doubtful' : likeness;
}

const ENDED = ['VOIDED', 'DELETED'];

/** An organisation's day is up to 14 hours from that of the clock, and begins at its midnight. */
const TWO_DAYS_MS = 2 * 86_400_000;
