import fc from 'fast-check';
import { EVENT_TYPES } from '../../../hub-server/protocol';
import {
	classifyDelivery,
	matchEvent,
	type MatchableSubscription,
} from '../../../hub-server/src/subscriptions/matchEvent';

const event = (category: string, change: 'created' | 'updated' = 'updated') => ({
	tenantId: 'tenant-1',
	category,
	change,
});
const wish = (
	events: string[],
	options: Partial<Pick<MatchableSubscription, 'tenantIds' | 'hydrate' | 'filter'>> = {},
) => ({
	events,
	tenantIds: [],
	hydrate: false,
	...options,
});

const BILL = { Type: 'ACCPAY' };
const SALE = { Type: 'ACCREC' };

describe('matching an event with a subscription', () => {
	it.each([
		['CONTACT', ['contact.updated'], 'yes'],
		['CONTACT', ['contact.created'], 'no'],
		['CREDITNOTE', ['credit_note.updated'], 'yes'],
		['QUOTE', ['quote.updated'], 'yes'],
		['CONTACT', ['*'], 'yes'],
		['CONTACT', ['raw'], 'yes'],
		['INVOICE', ['invoice.updated'], 'needs_record'],
		['INVOICE', ['bill.updated'], 'needs_record'],
		['INVOICE', ['bill.updated', 'raw'], 'needs_record'],
		['INVOICE', ['invoice.updated', 'bill.updated'], 'yes'],
		['INVOICE', ['*', 'bill.updated'], 'yes'],
		['INVOICE', ['bill.created'], 'no'],
		['INVOICE', ['invoice.paid'], 'needs_record'],
		['INVOICE', ['*', 'invoice.paid'], 'needs_record'],
		['INVOICE', ['invoice.updated', 'bill.updated', 'bill.paid'], 'needs_record'],
		['CONTACT', ['invoice.paid'], 'no'],
		['CONTACT', ['contact.archived'], 'needs_record'],
	] as const)('%s for %j: %s', (category, events, expected) => {
		expect(matchEvent(event(category), wish([...events]))).toBe(expected);
	});

	it('looks at the organisation', () => {
		expect(matchEvent(event('CONTACT'), wish(['*'], { tenantIds: ['tenant-2'] }))).toBe('no');
		expect(matchEvent(event('CONTACT'), wish(['*'], { tenantIds: ['tenant-1'] }))).toBe('yes');
	});

	it('needs no record of what is known to be paid', () => {
		const paid = { ...event('INVOICE'), types: ['invoice.paid', 'invoice.updated'] };

		expect(matchEvent(paid, wish(['invoice.paid']))).toBe('yes');
		expect(matchEvent(paid, wish(['invoice.updated']))).toBe('yes');
		expect(matchEvent(paid, wish(['bill.updated']))).toBe('no');
		expect(matchEvent(paid, wish(['invoice.voided']))).toBe('no');
	});

	it('waits for nothing that a sync has found', () => {
		const found = { ...event('QUOTE'), source: 'sync' as const, types: ['quote.updated'] };

		expect(matchEvent(found, wish(['quote.accepted']))).toBe('no');
		expect(matchEvent(found, wish(['quote.updated']))).toBe('yes');
	});

	it('reads the record for a subscription that wants it in the delivery', () => {
		expect(matchEvent(event('CONTACT'), wish(['*'], { hydrate: true }))).toBe('needs_record');
	});
});

describe('naming a delivery', () => {
	it.each([
		[['invoice.updated'], SALE, { type: 'invoice.updated', classified: true }],
		[['invoice.updated'], BILL, null],
		[['bill.updated'], BILL, { type: 'bill.updated', classified: true }],
		[['bill.updated'], SALE, null],
		[['bill.updated', 'raw'], SALE, { type: 'raw', classified: true }],
		[['*'], BILL, { type: 'bill.updated', classified: true }],
		[['*'], undefined, { type: 'invoice.updated', classified: false }],
		[['bill.updated'], undefined, { type: 'invoice.updated', classified: false }],
		[['raw'], undefined, { type: 'raw', classified: false }],
	] as const)('an INVOICE event for %j with %j', (events, record, expected) => {
		expect(classifyDelivery(event('INVOICE'), wish([...events]), record)).toEqual(expected);
	});

	const PAID = ['invoice.paid', 'invoice.authorised', 'invoice.updated'];

	it.each([
		[['invoice.paid'], PAID, 'invoice.paid'],
		[['invoice.authorised', 'invoice.paid', 'invoice.updated', '*', 'raw'], PAID, 'invoice.paid'],
		[['invoice.authorised', 'invoice.updated'], PAID, 'invoice.authorised'],
		[['invoice.updated'], PAID, 'invoice.updated'],
		[['*'], PAID, 'invoice.updated'],
		[['raw'], PAID, 'raw'],
		[['raw', 'invoice.voided'], PAID, 'raw'],
		[['invoice.voided'], PAID, undefined],
		[['bill.paid'], PAID, undefined],
		[['invoice.paid'], ['invoice.updated'], undefined],
		[['invoice.paid'], [], undefined],
	] as const)('for %j one that is %j', (events, types, expected) => {
		const named = classifyDelivery({ ...event('INVOICE'), types }, wish([...events]), SALE);

		expect(named?.type).toBe(expected);
	});

	it('is plain, and says so, where what it became could not be read', () => {
		const unread = { type: 'invoice.updated', classified: false };

		expect(classifyDelivery(event('INVOICE'), wish(['invoice.paid']), undefined)).toEqual(unread);
		expect(classifyDelivery(event('INVOICE'), wish(['bill.voided']), undefined)).toEqual(unread);
		expect(classifyDelivery(event('PAYMENT'), wish(['payment.deleted']), undefined)).toEqual({
			type: 'payment.updated',
			classified: false,
		});
	});

	it('never loses silently what was matched and could not be read', () => {
		fc.assert(
			fc.property(
				fc.constantFrom('CONTACT', 'INVOICE', 'CREDITNOTE', 'PAYMENT', 'SOMETHINGNEW'),
				fc.constantFrom('created' as const, 'updated' as const),
				fc.uniqueArray(fc.constantFrom(...EVENT_TYPES, '*', 'raw', 'somethingnew.updated')),
				fc.boolean(),
				(category, change, events, hydrate) => {
					const given = event(category, change);
					const asked = wish(events, { hydrate });

					const matched = matchEvent(given, asked) !== 'no';

					expect(classifyDelivery(given, asked, undefined) !== null).toBe(matched);
				},
			),
		);
	});
});

describe('what has become overdue', () => {
	const overdue = { dueDate: '2026-11-02', overdueDays: 7 };
	const found = {
		...event('INVOICE'),
		...{ source: 'sync' as const, types: ['invoice.overdue'], overdue },
	};
	const owed = {
		...{ Type: 'ACCREC', Status: 'AUTHORISED', AmountDue: 5, Total: 5 },
		DueDateString: '2026-11-02T00:00:00',
	};
	const week = { filter: { overdueDays: 7 } };

	it.each([
		['who asked for it', ['invoice.overdue'], week, 'yes'],
		['who asked for another number of days', ['invoice.overdue'], {}, 'no'],
		['who asked for bills', ['bill.overdue'], week, 'no'],
		['who takes changes', ['invoice.updated', 'raw'], week, 'no'],
		['who takes everything, a day late', ['*'], {}, 'no'],
		['who takes everything, a week late', ['*'], week, 'yes'],
		['who wants the record', ['invoice.overdue'], { ...week, hydrate: true }, 'needs_record'],
		[
			'whose filter is about the record',
			['invoice.overdue'],
			{ filter: { ...week.filter, minTotal: 1 } },
			'needs_record',
		],
		[
			'whose filter is about what was changed',
			['invoice.overdue'],
			{ filter: { ...week.filter, changed: ['Status'] } },
			'yes',
		],
	] as const)('for one %s', (_, events, options, expected) => {
		expect(matchEvent(found, wish([...events], options))).toBe(expected);
	});

	it.each([
		['is named, record or not', undefined, { type: 'invoice.overdue', classified: true }],
		['is named with its record', owed, { type: 'invoice.overdue', classified: true }],
		['is left out when it was paid meanwhile', { ...owed, Status: 'PAID' }, null],
		[
			'is left out when it got another due date',
			{ ...owed, DueDateString: '2026-12-01T00:00:00' },
			null,
		],
	])('%s', (_, record, expected) => {
		expect(classifyDelivery(found, wish(['invoice.overdue'], week), record)).toEqual(expected);
	});
});
