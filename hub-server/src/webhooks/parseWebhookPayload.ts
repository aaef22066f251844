import { isObject } from '../../protocol/xero';
import { isDeeperThan } from './isDeeperThan';

/** One change in Xero as its webhook tells it, with the hub's words beside Xero's. */
export interface XeroEvent {
	/** Which entry of the payload's list it is, from 0. */
	readonly place: number;
	readonly tenantId: string;
	/** Xero's eventCategory in upper case: CONTACT, INVOICE, CREDITNOTE, … */
	readonly category: string;
	readonly change: 'created' | 'updated';
	readonly resourceId: string;
	readonly resourceUrl: string;
	/** Xero's own text: part of the event's identity. */
	readonly eventDateUtc: string;
	/** Epoch milliseconds of `eventDateUtc`. */
	readonly occurredAt: number;
	/** The event as Xero sent it. */
	readonly original: Readonly<Record<string, unknown>>;
}

export interface ParsedPayload {
	readonly events: readonly XeroEvent[];
	/** Why something in the payload could not become an event; the payload itself is kept. */
	readonly faults: readonly string[];
	/** The numbers of its first and last event; undefined where it tells none, as Xero's checks do. */
	readonly sequence?: { readonly first: number; readonly last: number } | undefined;
}

/** Xero's own payloads are three levels deep; a fourth and more may come with `data`. */
const MAX_LEVELS = 32;

/** A body of 1 MB holds some 2,500 events as Xero writes them. */
const MAX_EVENTS = 5_000;

/**
 * Characters of what an event is known by. Xero's ids have 36. With four bytes for each they stay below
 * the 2,704 bytes that PostgreSQL takes into an index.
 */
const MAX_LENGTHS = {
	tenantId: 150,
	resourceId: 150,
	eventCategory: 100,
	eventType: 100,
	eventDateUtc: 64,
	resourceUrl: 2_000,
} as const;

/** So many are told one by one: a payload may hold a hundred thousand. */
const MAX_FAULTS = 20;

/**
 * Reads a correctly signed body. Never throws: Xero would send the same bytes again for a day, so
 * what cannot be read is a fault to report beside the stored bytes, not a reason to refuse them.
 *
 * Unknown categories and extra fields pass: Xero added four categories in 2026 alone.
 *
 * @param receivedAt epoch milliseconds; stands in for an unreadable `eventDateUtc`
 */
export function parseWebhookPayload(rawBody: Buffer, receivedAt: number): ParsedPayload {
	const body = readBody(rawBody);
	if (typeof body === 'string') return { events: [], faults: [body] };
	const { list, sequence } = body;

	const events: XeroEvent[] = [];
	const faults: string[] = [];
	let untold = 0;
	list.forEach((entry, place) => {
		const event = readEvent(entry, place, receivedAt);
		if (typeof event !== 'string') events.push(event);
		else if (faults.length < MAX_FAULTS) faults.push(`events[${place}]: ${event}`);
		else untold += 1;
	});
	if (untold > 0) faults.push(`and ${untold} more`);
	return { events, faults, sequence };
}

/** The `events` of the body and their numbers, or what is wrong with it. */
function readBody(
	rawBody: Buffer,
): string | (Pick<ParsedPayload, 'sequence'> & { readonly list: readonly unknown[] }) {
	if (isDeeperThan(rawBody, MAX_LEVELS)) {
		return `the body is nested more than ${MAX_LEVELS} levels deep`;
	}
	try {
		const body: unknown = JSON.parse(rawBody.toString('utf8').replace(/^\uFEFF/, ''));
		const events = isObject(body) ? body['events'] : undefined;
		if (!isObject(body) || !Array.isArray(events)) return 'the body has no list of events';
		return events.length > MAX_EVENTS
			? `the body has ${events.length} events, more than ${MAX_EVENTS}`
			: { list: events, sequence: readSequence(body) };
	} catch {
		return 'the body is not JSON';
	}
}

function readSequence({
	firstEventSequence: first,
	lastEventSequence: last,
}: Readonly<Record<string, unknown>>): ParsedPayload['sequence'] {
	const isNumbered =
		Number.isSafeInteger(first) && Number.isSafeInteger(last) && Number(first) >= 1;
	return isNumbered && Number(last) >= Number(first)
		? { first: Number(first), last: Number(last) }
		: undefined;
}

function readEvent(entry: unknown, place: number, receivedAt: number): XeroEvent | string {
	if (!isObject(entry)) return 'not an object';
	const text = (name: string) => (typeof entry[name] === 'string' ? entry[name] : '');

	const missing = ['tenantId', 'resourceId', 'eventCategory', 'eventType'].filter(
		(name) => text(name) === '',
	);
	if (missing.length > 0) return `without ${missing.join(', ')}`;
	for (const [name, most] of Object.entries(MAX_LENGTHS)) {
		if (text(name).length > most) return `${name} is longer than ${most} characters`;
		if (UNFIT.test(text(name))) return `${name} holds characters that no text has`;
	}

	const eventDateUtc = text('eventDateUtc');
	const occurredAt = parseUtc(eventDateUtc);
	return {
		place,
		tenantId: text('tenantId').toLowerCase(),
		category: text('eventCategory').toUpperCase(),
		change: text('eventType').toUpperCase() === 'CREATE' ? 'created' : 'updated',
		resourceId: text('resourceId').toLowerCase(),
		resourceUrl: text('resourceUrl'),
		eventDateUtc,
		occurredAt: occurredAt ?? receivedAt,
		original: entry,
	};
}

/** Control characters, the NUL that PostgreSQL refuses among them, and halves of a character. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const UNFIT = /[\u0000-\u001f\u007f]|\p{Surrogate}/u;

/** `eventDateUtc` carries no Z and is UTC all the same; older samples carry one. */
function parseUtc(text: string): number | undefined {
	const at = Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
	return Number.isNaN(at) ? undefined : at;
}
