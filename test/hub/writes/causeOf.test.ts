import { causeOf, type OwnVersion, type ReadEvent } from '../../../hub-server/src/events/causeOf';

const AT = Date.UTC(2026, 10, 2, 9, 0, 0, 123);

const own = (change: Partial<OwnVersion> = {}): OwnVersion => ({
	version: AT,
	cause: { workflow: 'w1', node: 'Write', system: null, pushId: null },
	creates: false,
	members: ['ContactID', 'Name'],
	eventId: null,
	...change,
});
const webhook = (change: Partial<ReadEvent> = {}): ReadEvent => ({
	id: 'e1',
	source: 'webhook',
	change: 'updated',
	occurredAt: AT,
	version: AT,
	changed: undefined,
	...change,
});
const found = (change: Partial<ReadEvent> = {}) =>
	webhook({ source: 'sync', changed: ['Name'], ...change });

describe('who made a version', () => {
	it('is nobody known, where it is not a version that was written here', () => {
		expect(causeOf(webhook({ version: AT + 1 }), [own()])).toBeUndefined();
		expect(causeOf(webhook({ version: null }), [own()])).toBeUndefined();
	});

	it('is the call whose version it is', () => {
		expect(causeOf(webhook(), [own()])).toEqual({
			cause: { workflow: 'w1', node: 'Write', system: null, pushId: null, isSure: true },
			told: AT,
		});
	});

	it('is not sure of a version in whole seconds, which somebody else’s change can have too', () => {
		const version = AT - 123;

		const judged = causeOf(webhook({ version, occurredAt: version }), [own({ version })]);

		expect(judged).toMatchObject({ cause: { isSure: false }, told: undefined });
	});
});

describe('a webhook', () => {
	it('of a change long before is not sure, though the own version was read for it', () => {
		const judged = causeOf(webhook({ occurredAt: AT - 60_000 }), [own()]);

		expect(judged?.cause.isSure).toBe(false);
	});

	it('is the only one that an own version explains', () => {
		const judged = causeOf(webhook({ id: 'e2' }), [own({ eventId: 'e1' })]);

		expect(judged?.cause.isSure).toBe(false);
	});

	it('that is judged again stays explained', () => {
		expect(causeOf(webhook(), [own({ eventId: 'e1' })])?.cause.isSure).toBe(true);
	});

	it('of the first of two own writes is explained by it, though the second’s version was read', () => {
		const versions = [own({ version: AT - 30_000 }), own()];

		const judged = causeOf(webhook({ occurredAt: AT - 30_000 }), versions);

		expect(judged).toMatchObject({ cause: { isSure: true }, told: AT - 30_000 });
	});

	it('is not explained by what another workflow wrote before', () => {
		const other = own({ version: AT - 30_000, cause: { ...own().cause, workflow: 'w2' } });

		const judged = causeOf(webhook({ occurredAt: AT - 30_000 }), [other, own()]);

		expect(judged?.cause.isSure).toBe(false);
	});
});

describe('a sync', () => {
	it('is sure where nothing moved but what the call sent', () => {
		expect(causeOf(found(), [own()])?.cause.isSure).toBe(true);
	});

	it('is not sure where more moved, or nobody knows what', () => {
		const more = causeOf(found({ changed: ['Name', 'EmailAddress'] }), [own()]);
		const unknown = causeOf(found({ changed: undefined }), [own()]);
		const unsent = causeOf(found(), [own({ members: null })]);

		expect([more, unknown, unsent].map((one) => one?.cause.isSure)).toEqual([false, false, false]);
	});

	it('is sure of a new record only where the call made it', () => {
		const made = causeOf(found({ change: 'created' }), [own({ creates: true })]);
		const changed = causeOf(found({ change: 'created' }), [own()]);

		expect([made?.cause.isSure, changed?.cause.isSure]).toEqual([true, false]);
	});

	it('is never sure that a record is gone', () => {
		expect(causeOf(found({ change: 'deleted' }), [own()])?.cause.isSure).toBe(false);
	});
});
