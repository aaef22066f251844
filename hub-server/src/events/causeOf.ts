import type { EventCause } from '../subscriptions/EventCause';
import { TELLING_TOLERANCE_MS } from './sameChange';

/** A version of a record that a call of the proxy has made. */
export interface OwnVersion {
	/** Xero's time of the change. */
	readonly version: number;
	readonly cause: Omit<EventCause, 'isSure'>;
	/** The call could make new records only. */
	readonly creates: boolean;
	/** What was sent of the record; null where that is not known. */
	readonly members: readonly string[] | null;
	/** The event that told it. */
	readonly eventId: string | null;
}

/** An event whose record was read. */
export interface ReadEvent {
	readonly id: string;
	readonly source: 'webhook' | 'sync';
	readonly change: 'created' | 'updated' | 'deleted';
	readonly occurredAt: number;
	/** What was read; null where Xero tells no time of change. */
	readonly version: number | null;
	/** Members that moved; undefined where no former state was known. */
	readonly changed: readonly string[] | undefined;
}

/**
 * Who made the version that was read, if a call of the proxy did, and whether the event can hold nothing of
 * anybody else. A version takes in all that was changed before it, so that it is not enough that it is own:
 *
 * - A webhook tells one change. It is sure where an own version lies as close to it as webhooks do, and each
 *   own version explains one event: the webhook of somebody's edit in the same second finds none left.
 * - A sync finds all that changed since it looked. It is sure where the call could only make the record, or
 *   where nothing moved but what the call has sent.
 *
 * Nothing is sure of a version in whole seconds: two changes can have the same.
 *
 * @returns `told`: the own version that the event tells
 */
export function causeOf(
	event: ReadEvent,
	own: readonly OwnVersion[],
): { readonly cause: EventCause; readonly told: number | undefined } | undefined {
	const made = own.find(({ version }) => version === event.version);
	if (made === undefined) return undefined;
	const told = made.version % 1_000 === 0 ? undefined : toldBy(event, made, own);
	return { cause: { ...made.cause, isSure: told !== undefined }, told: told?.version };
}

function toldBy(
	event: ReadEvent,
	made: OwnVersion,
	own: readonly OwnVersion[],
): OwnVersion | undefined {
	if (event.source === 'webhook') {
		const distance = ({ version }: OwnVersion) => Math.abs(version - event.occurredAt);
		return own
			.filter(
				(one) =>
					one.version <= made.version &&
					distance(one) <= TELLING_TOLERANCE_MS &&
					one.cause.workflow === made.cause.workflow &&
					one.cause.system === made.cause.system &&
					(one.eventId === null || one.eventId === event.id),
			)
			.sort((a, b) => distance(a) - distance(b))[0];
	}
	if (event.change === 'created') return made.creates ? made : undefined;
	const { changed } = event;
	const isAllSent = changed?.every((member) => made.members?.includes(member)) ?? false;
	return event.change === 'updated' && isAllSent ? made : undefined;
}
