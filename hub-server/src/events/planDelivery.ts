import {
	asksForDerived,
	classifyDelivery,
	matchEvent,
	NOT_ASKED_FOR,
	NOT_SEEN_TO_BECOME,
	type ClassifiedType,
	type MatchableEvent,
	type MatchableSubscription,
} from '../subscriptions/matchEvent';
import type { StoredEvent } from './StoredEvent';
import { SWITCHED_OFF } from './switchedOff';

/** What a delivery is when it is planned, or when what it waited for is known. */
export type DeliveryPlan =
	/** Only the event's record tells whether it is sent, and as what. */
	| { readonly kind: 'waiting' }
	| { readonly kind: 'due'; readonly named: ClassifiedType }
	/** It is not sent; `reason` is for people. */
	| { readonly kind: 'filtered'; readonly reason: string };

export type PlannableEvent = MatchableEvent & Pick<StoredEvent, 'record'>;

/**
 * What the event becomes for one subscription; undefined when it is not for it. An organisation that
 * is switched off reaches no workflow, and none of its records is read.
 */
export function planDelivery(
	event: PlannableEvent,
	subscription: MatchableSubscription,
	isSwitchedOff: boolean,
): DeliveryPlan | undefined {
	const match = matchEvent(event, subscription);
	if (match === 'no') return undefined;
	if (isSwitchedOff) return { kind: 'filtered', reason: SWITCHED_OFF };
	if (match === 'needs_record' && event.record === undefined) return { kind: 'waiting' };
	return decideDelivery(event, subscription);
}

/**
 * The same, where it must not wait any longer: with the record if it is there, without if not. This is
 * where an event is classified; what is decided here stands in the delivery from then on.
 */
export function decideDelivery(
	event: PlannableEvent,
	subscription: MatchableSubscription,
): Exclude<DeliveryPlan, { readonly kind: 'waiting' }> {
	const named = classifyDelivery(event, subscription, event.record);
	if (named !== null) return { kind: 'due', named };
	const reason = asksForDerived({ ...event, types: [] }, subscription)
		? NOT_SEEN_TO_BECOME
		: NOT_ASKED_FOR;
	return { kind: 'filtered', reason };
}
