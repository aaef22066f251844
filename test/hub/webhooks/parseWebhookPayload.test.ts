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
				place: 0,
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

	it('reads the numbers of its first and last event, where it has such', () => {
		const sequenceOf = (first: unknown, last: unknown) => {
			const body = { events: [], firstEventSequence: first, lastEventSequence: last };
			return parseWebhookPayload(Buffer.from(JSON.stringify(body)), RECEIVED).sequence;
		};

		expect(sequenceOf(7, 9)).toEqual({ first: 7, last: 9 });
		for (const [first, last] of [
			[0, 0],
			[9, 7],
			['1', 1],
			[undefined, 3],
			[1.5, 2],
			[1, 1e300],
		]) {
			expect(sequenceOf(first, last)).toBeUndefined();
		}
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

	it('says of each event at which place of the list it stands, the unreadable ones counted', () => {
		const { events } = parse(xeroEvent, 7, xeroEvent);

		expect(events.map(({ place }) => place)).toEqual([0, 2]);
	});

	describe('bounds what a payload may be', () => {
		const body = (text: string) => parseWebhookPayload(Buffer.from(text), RECEIVED);
		const nested = (levels: number) =>
			JSON.stringify({ events: [xeroEvent] }).replace(
				'"CONTACT"',
				`"CONTACT","data":${'['.repeat(levels)}${']'.repeat(levels)}`,
			);

		it('in depth: 100,000 levels are a fault, and so is one more than 32', () => {
			const tooDeep = {
				events: [],
				faults: ['the body is nested more than 32 levels deep'],
			};
			expect(body(nested(100_000))).toEqual(tooDeep);
			expect(body(nested(30))).toEqual(tooDeep);
			expect(body(nested(29)).faults).toEqual([]);
		});

		it('in events', () => {
			const many = (count: number) => parse(...Array.from({ length: count }, () => xeroEvent));

			expect(many(5_001)).toEqual({
				events: [],
				faults: ['the body has 5001 events, more than 5000'],
			});
			expect(many(1_000).events).toHaveLength(1_000);
		});

		it.each([
			['tenantId', 150],
			['resourceId', 150],
			['eventCategory', 100],
			['eventType', 100],
			['eventDateUtc', 64],
			['resourceUrl', 2_000],
		])('in the length of %s: %d characters', (name, most) => {
			const of = (length: number) => parse({ ...xeroEvent, [name]: 'x'.repeat(length) });

			expect(of(most + 1).faults).toEqual([`events[0]: ${name} is longer than ${most} characters`]);
			expect(of(most).faults).toEqual([]);
		});

		it.each([
			'tenantId',
			'resourceId',
			'eventCategory',
			'eventType',
			'eventDateUtc',
			'resourceUrl',
		])('in the characters of %s', (name) => {
			for (const unfit of ['\0', '\n', '\u007f', '\ud800']) {
				expect(parse({ ...xeroEvent, [name]: `a${unfit}b` }, xeroEvent)).toEqual({
					events: [expect.objectContaining({ place: 1 })],
					faults: [`events[0]: ${name} holds characters that no text has`],
				});
			}
			expect(parse({ ...xeroEvent, [name]: 'Ā𝄞' }).faults).toEqual([]);
		});

		it('and tells some faults one by one, and counts the others', () => {
			const { faults } = parse(...Array.from({ length: 1_000 }, () => 7));

			expect(faults).toHaveLength(21);
			expect(faults.at(-1)).toBe('and 980 more');
		});
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
