import fc from 'fast-check';
import { parseWebhookPayload } from '../../../hub-server/src/webhooks/parseWebhookPayload';

const RECEIVED = Date.UTC(2026, 10, 2, 9);

const xeroEvent = {
	resourceUrl: 'https://api.xero.com/api.xro/2.0/Contacts/717f2bfc-c6d4-41fd-b238-3f2f0c0cf777',
	resourceId: '717F2BFC-c6d4-41fd-b238-3f2f0c0cf777',
	tenantId: 'C2CC9B6E-9458-4c7d-93cc-f02b81b0594f',
	tenantType: 'ORGANISATION',
	eventCategory: 'CONTACT',
	eventType: 'UPDATE',
	eventDateUtc: '2024-06-21T01:15:39.902',
};

const parse = (...events: unknown[]) =>
	parseWebhookPayload(Buffer.from(JSON.stringify({ events })), RECEIVED);

describe("parsing Xero's webhook payload", () => {
	it('reads an event, its date without a Z as UTC', () => {
		const { events, faults } = parse(xeroEvent);

		expect(faults).toEqual([]);
		expect(events).toEqual([
			{
				tenantId: 'c2cc9b6e-9458-4c7d-93cc-f02b81b0594f',
				category: 'CONTACT',
				change: 'updated',
				resourceId: '717f2bfc-c6d4-41fd-b238-3f2f0c0cf777',
				resourceUrl: xeroEvent.resourceUrl,
				eventDateUtc: '2024-06-21T01:15:39.902',
				occurredAt: Date.UTC(2024, 5, 21, 1, 15, 39, 902),
				original: xeroEvent,
			},
		]);
	});

	it('reads old spellings: Update for UPDATE, a date with Z', () => {
		const { events } = parse({
			...xeroEvent,
			eventType: 'Create',
			eventDateUtc: '2020-01-01T00:00:00Z',
		});

		expect(events[0]).toMatchObject({ change: 'created', occurredAt: Date.UTC(2020, 0, 1) });
	});

	it('passes a category that Xero adds tomorrow, with its data', () => {
		const { events } = parse({ ...xeroEvent, eventCategory: 'Quote', data: { Status: 'SENT' } });

		expect(events[0]).toMatchObject({ category: 'QUOTE', original: { data: { Status: 'SENT' } } });
	});

	it('keeps the readable events of a payload and says what is wrong with the rest', () => {
		const { events, faults } = parse(xeroEvent, 7, { ...xeroEvent, tenantId: undefined });

		expect(events).toHaveLength(1);
		expect(faults).toEqual(['events[1]: not an object', 'events[2]: without tenantId']);
	});

	it('takes the time of arrival for an unreadable date', () => {
		expect(parse({ ...xeroEvent, eventDateUtc: 'soon' }).events[0]?.occurredAt).toBe(RECEIVED);
	});

	it('reads a body that begins with a byte order mark', () => {
		const body = Buffer.from(`\uFEFF${JSON.stringify({ events: [xeroEvent] })}`);

		expect(parseWebhookPayload(body, RECEIVED).events).toHaveLength(1);
	});

	it('never throws, whatever the bytes', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.uint8Array(),
					fc.json().map((text) => Buffer.from(text)),
				),
				(bytes) => {
					const { events, faults } = parseWebhookPayload(Buffer.from(bytes), RECEIVED);

					expect(events.length + faults.length).toBeGreaterThanOrEqual(0);
				},
			),
		);
	});
});
