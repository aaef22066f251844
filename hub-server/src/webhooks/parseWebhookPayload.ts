/** One change in Xero as its webhook tells it, with the hub's words beside Xero's. */
export interface XeroEvent {
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
}

/**
 * Reads a correctly signed body. Never throws: Xero would send the same bytes again for a day, so
 * what cannot be read is a fault to report beside the stored bytes, not a reason to refuse them.
 *
 * Unknown categories and extra fields pass: Xero added four categories in 2026 alone.
 *
 * @param receivedAt epoch milliseconds; stands in for an unreadable `eventDateUtc`
 */
export function parseWebhookPayload(rawBody: Buffer, receivedAt: number): ParsedPayload {
	const list = readEventList(rawBody);
	if (typeof list === 'string') return { events: [], faults: [list] };

	const events: XeroEvent[] = [];
	const faults: string[] = [];
	list.forEach((entry, index) => {
		const event = readEvent(entry, receivedAt);
		if (typeof event === 'string') faults.push(`events[${index}]: ${event}`);
		else events.push(event);
	});
	return { events, faults };
}

/** The `events` of the body, or what is wrong with it. */
function readEventList(rawBody: Buffer): readonly unknown[] | string {
	try {
		const body: unknown = JSON.parse(rawBody.toString('utf8').replace(/^\uFEFF/, ''));
		const events = isObject(body) ? body['events'] : undefined;
		return Array.isArray(events) ? events : 'the body has no list of events';
	} catch {
		return 'the body is not JSON';
	}
}

function readEvent(entry: unknown, receivedAt: number): XeroEvent | string {
	if (!isObject(entry)) return 'not an object';
	const text = (name: string) => (typeof entry[name] === 'string' ? entry[name] : '');

	const missing = ['tenantId', 'resourceId', 'eventCategory', 'eventType'].filter(
		(name) => text(name) === '',
	);
	if (missing.length > 0) return `without ${missing.join(', ')}`;

	const eventDateUtc = text('eventDateUtc');
	const occurredAt = parseUtc(eventDateUtc);
	return {
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

/** `eventDateUtc` carries no Z and is UTC all the same; older samples carry one. */
function parseUtc(text: string): number | undefined {
	const at = Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
	return Number.isNaN(at) ? undefined : at;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
