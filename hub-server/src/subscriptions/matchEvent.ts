import { ANY_EVENT, RAW_EVENT, type EventType, type SubscriptionFilter } from '../../protocol';
import { entityOfCategory } from '../records/xeroEntities';
import { passesFilter } from './passesFilter';

/** What matching needs of an event; `record` once it was read from Xero. */
export interface MatchableEvent {
	readonly tenantId: string;
	readonly category: string;
	readonly change: 'created' | 'updated' | 'deleted';
	/** Absent: as a webhook told it. */
	readonly source?: 'webhook' | 'sync';
	/** Members that the change moved; undefined where no former state was known. */
	readonly changed?: readonly string[] | undefined;
}

export interface MatchableSubscription {
	readonly events: readonly EventType[];
	/** Empty means every organisation. */
	readonly tenantIds: readonly string[];
	readonly hydrate: boolean;
	readonly filter?: SubscriptionFilter | null;
}

/** `needs_record`: only the record can tell, or the subscription wants it in the delivery. */
export type Match = 'no' | 'yes' | 'needs_record';

/**
 * Whether the event is for the subscription, as far as the webhook alone can tell. Xero's INVOICE
 * webhook says neither sales invoice nor bill, so a subscription to one of the two needs the record;
 * one that takes both does not, and spares the organisation's daily calls.
 */
export function matchEvent(event: MatchableEvent, subscription: MatchableSubscription): Match {
	const { tenantIds, events, hydrate } = subscription;
	if (tenantIds.length > 0 && !tenantIds.includes(event.tenantId)) return 'no';

	const candidates = candidateTypes(event);
	const wanted = candidates.filter((type) => events.includes(type));
	const takesAll = events.includes(ANY_EVENT);
	if (wanted.length === 0 && !takesAll && !takesRaw(event, subscription)) return 'no';
	if (hydrate || subscription.filter) return 'needs_record';

	const onlyRecordTells = wanted.length > 0 && wanted.length < candidates.length && !takesAll;
	return onlyRecordTells ? 'needs_record' : 'yes';
}

/** Why a delivery is filtered, for people. */
export const NOT_ASKED_FOR =
	'The record is of a kind that this subscription did not ask for, or its filter leaves it out.';

/** What a delivery is called, and whether the hub knew for sure. */
export interface ClassifiedType {
	readonly type: EventType;
	/** `false`: the record could not be read, so a bill may pass as `invoice.<change>`. */
	readonly classified: boolean;
}

/**
 * The type under which the subscription gets the event, or null when it asks for other organisations, or
 * when the record shows that it is not meant. Without a record an INVOICE event passes as `invoice.<change>`, never as silence.
 *
 * @param record the record as Xero answered it; undefined when it was not or could not be read
 */
export function classifyDelivery(
	event: MatchableEvent,
	subscription: MatchableSubscription,
	record: Readonly<Record<string, unknown>> | undefined,
): ClassifiedType | null {
	const { events, tenantIds } = subscription;
	if (tenantIds.length > 0 && !tenantIds.includes(event.tenantId)) return null;
	const candidates = candidateTypes(event);
	const [first = ''] = candidates;
	const known = candidates.length === 1 ? first : typeFromRecord(event, record);

	const passes = passesFilter(subscription.filter, record, event.changed);
	if (passes === 'no') return null;
	const asked = known === undefined ? candidates : [known];
	const classified = known !== undefined && passes === 'yes';
	if (events.includes(ANY_EVENT) || asked.some((type) => events.includes(type))) {
		return { type: known ?? first, classified };
	}
	return takesRaw(event, subscription) ? { type: RAW_EVENT, classified } : null;
}

/** Of what a sync found there is no event of Xero's. */
function takesRaw({ source }: MatchableEvent, { events }: MatchableSubscription): boolean {
	return events.includes(RAW_EVENT) && source !== 'sync';
}

/** Every type the webhook alone could mean; the first stands when nothing better is known. */
function candidateTypes({ category, change }: MatchableEvent): EventType[] {
	if (category === 'INVOICE') return [`invoice.${change}`, `bill.${change}`];
	return [`${entityOfCategory(category)?.entity ?? category.toLowerCase()}.${change}`];
}

function typeFromRecord(
	{ change }: MatchableEvent,
	record: Readonly<Record<string, unknown>> | undefined,
): EventType | undefined {
	const kind = record?.['Type'];
	if (typeof kind !== 'string') return undefined;
	return kind.toUpperCase().startsWith('ACCPAY') ? `bill.${change}` : `invoice.${change}`;
}
