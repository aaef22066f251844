import {
	ANY_EVENT,
	RAW_EVENT,
	type EventType,
	type SubscriptionFilter,
	type TriggerKey,
} from '../../protocol';
import { DERIVED_TYPES } from '../../protocol/xero';
import { entityOfRecord } from '../records/entityOfRecord';
import { isOwnEcho, type EventCause } from './EventCause';
import type { Overdue } from './Overdue';
import { owedDue } from '../records/owedDue';
import type { RecordDifference } from '../records/recordDifference';
import { asksOfRecord, passesFilter } from './passesFilter';

/** What matching needs of an event; `record` once it was read from Xero. */
export interface MatchableEvent {
	readonly tenantId: string;
	readonly category: string;
	readonly change: 'created' | 'updated' | 'deleted';
	/** Absent: as a webhook told it. */
	readonly source?: 'webhook' | 'sync';
	/** What the change moved; absent where no former state was known. */
	readonly difference?: Pick<RecordDifference, 'changed'> | null | undefined;
	/** Of the change, the most telling first and `<entity>.<change>` last; none until its record was read. */
	readonly types?: readonly EventType[] | undefined;
	/** Who wrote it through the hub, once that is known. */
	readonly cause?: EventCause | null | undefined;
	/** Nothing has changed: a record has become overdue. */
	readonly overdue?: Overdue | undefined;
}

export interface MatchableSubscription {
	readonly events: readonly EventType[];
	/** Empty means every organisation. */
	readonly tenantIds: readonly string[];
	readonly hydrate: boolean;
	readonly filter?: SubscriptionFilter | null;
	readonly key?: TriggerKey | null;
}

/** `needs_record`: only the record can tell, or the subscription wants it in the delivery. */
export type Match = 'no' | 'yes' | 'needs_record';

/**
 * Whether the event is for the subscription, as far as is known without its record. Xero's INVOICE
 * webhook says neither sales invoice nor bill, so a subscription to one of the two needs the record;
 * one that takes both does not, and spares the organisation's daily calls. A derived type needs it always.
 */
export function matchEvent(event: MatchableEvent, subscription: MatchableSubscription): Match {
	const { tenantIds, events, hydrate } = subscription;
	if (tenantIds.length > 0 && !tenantIds.includes(event.tenantId)) return 'no';
	if (event.overdue && event.overdue.overdueDays !== wantedOverdueDays(subscription)) return 'no';

	const told = event.types ?? [];
	const candidates = told.length > 0 ? told : plainTypes(event);
	const wanted = candidates.filter((type) => events.includes(type));
	const couldBeDerived = asksForDerived(event, subscription);
	const takesAll = events.includes(ANY_EVENT);
	if (wanted.length === 0 && !couldBeDerived && !takesAll && !takesRaw(event, subscription)) {
		return 'no';
	}
	if (hydrate || asksOfRecord(filterOf(event, subscription)) || couldBeDerived)
		return 'needs_record';
	if (told.length > 0 || takesAll) return 'yes';
	return wanted.length > 0 && wanted.length < candidates.length ? 'needs_record' : 'yes';
}

/** Why a delivery is filtered, for people. */
export const NOT_ASKED_FOR =
	'The record is of a kind that this subscription did not ask for, or its filter leaves it out.';

/** The same, where a derived type was asked for. */
export const NOT_SEEN_TO_BECOME =
	'The record was not seen to become what this subscription asks for: it was so before, is not, or was not ' +
	'known before. A change such as "paid" is seen where the sync of the organisation is on.';

/** What a delivery is called, and whether the hub knew for sure. */
export interface ClassifiedType {
	readonly type: EventType;
	/** `false`: the record could not be read, so a bill may pass as `invoice.<change>`. */
	readonly classified: boolean;
}

/**
 * The type under which the subscription gets the event, the most telling that it asked for, or null when it
 * asks for other organisations, or when the record shows that it is not meant. Without a record an INVOICE
 * event passes as `invoice.<change>`, and one that could be of a derived type as `<entity>.<change>`, never as
 * silence.
 *
 * @param record the record as Xero answered it; undefined when it was not or could not be read
 */
export function classifyDelivery(
	event: MatchableEvent,
	subscription: MatchableSubscription,
	record: Readonly<Record<string, unknown>> | undefined,
): ClassifiedType | null {
	const { events, tenantIds, key } = subscription;
	const filter = filterOf(event, subscription);
	if (tenantIds.length > 0 && !tenantIds.includes(event.tenantId)) return null;
	if (event.overdue && !isStillOverdue(event.overdue, subscription, record)) return null;
	if (filter?.causedByOthersOnly === true && isOwnEcho(event.cause, key)) return null;
	const told = event.types ?? [];
	const entity = entityOfRecord(event.category, record);
	const plain = told.at(-1) ?? (entity && `${entity}.${event.change}`);

	const passes = passesFilter(filter, record, event.difference?.changed);
	if (passes === 'no') return null;
	const classified = plain !== undefined && passes === 'yes';
	const derived = told.slice(0, -1).find((type) => events.includes(type));
	if (derived !== undefined) return { type: derived, classified };
	const candidates = plainTypes(event);
	const [first = ''] = candidates;
	const asked = plain === undefined ? candidates : [plain];
	if (events.includes(ANY_EVENT) || asked.some((type) => events.includes(type))) {
		return { type: plain ?? first, classified };
	}
	if (takesRaw(event, subscription)) return { type: RAW_EVENT, classified };
	const isUnread = record === undefined && asksForDerived(event, subscription);
	return isUnread ? { type: plain ?? first, classified: false } : null;
}

/** Whether a derived type that the subscription asks for could still be what the event tells. */
export function asksForDerived(
	event: MatchableEvent,
	{ events }: Pick<MatchableSubscription, 'events'>,
): boolean {
	return derivableTypes(event).some((type) => events.includes(type));
}

/** With a record that was read since, it may have been paid meanwhile, or have another due date. */
function isStillOverdue(
	{ dueDate, overdueDays }: Overdue,
	subscription: MatchableSubscription,
	record: Readonly<Record<string, unknown>> | undefined,
): boolean {
	if (overdueDays !== wantedOverdueDays(subscription)) return false;
	return record === undefined || owedDue(record)?.day === dueDate;
}

function wantedOverdueDays({ filter }: MatchableSubscription): number {
	return filter?.overdueDays ?? 1;
}

/** Of what has become overdue nothing was changed, so that nothing is left out for what was. */
function filterOf({ overdue }: MatchableEvent, { filter }: MatchableSubscription) {
	if (overdue === undefined || !filter) return filter;
	const { changed, ...rest } = filter;
	return changed === undefined ? filter : rest;
}

/** Of what a sync found there is no event of Xero's. */
function takesRaw({ source }: MatchableEvent, { events }: MatchableSubscription): boolean {
	return events.includes(RAW_EVENT) && source !== 'sync';
}

/** Every plain type the webhook alone could mean; the first stands when nothing better is known. */
function plainTypes({ category, change }: MatchableEvent): EventType[] {
	return entitiesOf(category).map((entity) => `${entity}.${change}`);
}

/** The derived types that it could be, where that is not known yet: a sync knows them from the start. */
function derivableTypes({ category, change, source, types = [] }: MatchableEvent): EventType[] {
	if (source === 'sync' || change === 'deleted' || types.length > 0) return [];
	const entities = entitiesOf(category);
	return DERIVED_TYPES.filter(({ entity }) => entities.includes(entity)).map(({ type }) => type);
}

function entitiesOf(category: string): string[] {
	const entity = entityOfRecord(category, undefined);
	return entity === undefined ? ['invoice', 'bill'] : [entity];
}
