import fc from 'fast-check';

import {
	DERIVED_TYPES,
	derivedTypes,
	type FormerStanding,
	type RecordStanding,
} from '../../../hub-server/protocol/xero';

const standing = (status: string | null, more: Partial<RecordStanding> = {}): RecordStanding => ({
	status,
	sent: false,
	mergedInto: null,
	...more,
});
const state = (name: string): FormerStanding =>
	name === 'absent' || name === 'unknown' ? name : standing(name);

it.each([
	['invoice', 'absent', 'DRAFT', []],
	['invoice', 'absent', 'AUTHORISED', ['invoice.authorised']],
	['invoice', 'DRAFT', 'AUTHORISED', ['invoice.authorised']],
	['invoice', 'SUBMITTED', 'AUTHORISED', ['invoice.authorised']],
	['invoice', 'DRAFT', 'PAID', ['invoice.paid', 'invoice.authorised']],
	['invoice', 'absent', 'PAID', ['invoice.paid', 'invoice.authorised']],
	['invoice', 'AUTHORISED', 'PAID', ['invoice.paid']],
	['invoice', 'PAID', 'PAID', []],
	['invoice', 'PAID', 'AUTHORISED', []],
	['invoice', 'AUTHORISED', 'VOIDED', ['invoice.voided']],
	['invoice', 'DRAFT', 'VOIDED', ['invoice.voided']],
	['invoice', 'unknown', 'PAID', []],
	['bill', 'DRAFT', 'AUTHORISED', ['bill.authorised']],
	['bill', 'AUTHORISED', 'PAID', ['bill.paid']],
	['payment', 'AUTHORISED', 'DELETED', ['payment.deleted']],
	['payment', 'DELETED', 'DELETED', []],
	['contact', 'ACTIVE', 'ARCHIVED', ['contact.archived']],
	['contact', 'ARCHIVED', 'ACTIVE', []],
	['quote', 'SENT', 'ACCEPTED', ['quote.accepted']],
	['quote', 'SENT', 'DECLINED', ['quote.declined']],
	['quote', 'ACCEPTED', 'INVOICED', ['quote.invoiced']],
	['quote', 'SENT', 'INVOICED', ['quote.invoiced']],
	['purchase_order', 'DRAFT', 'AUTHORISED', ['purchase_order.authorised']],
	['purchase_order', 'DRAFT', 'BILLED', ['purchase_order.billed', 'purchase_order.authorised']],
	['purchase_order', 'AUTHORISED', 'BILLED', ['purchase_order.billed']],
	['bank_statement', 'PENDING', 'DELIVERED', ['bank_statement.delivered']],
	['bank_statement', 'PENDING', 'REJECTED', ['bank_statement.rejected']],
	['item', 'absent', 'ACTIVE', []],
])('of %s from %s to %s: %j', (entity, before, now, types) => {
	expect(derivedTypes(entity, state(before), standing(now))).toEqual(types);
});

it('tells once that an invoice was sent, whatever else is done to it', () => {
	const draft = standing('AUTHORISED');
	const sent = standing('AUTHORISED', { sent: true });

	expect(derivedTypes('invoice', draft, sent)).toEqual(['invoice.sent']);
	expect(derivedTypes('invoice', sent, { ...sent, status: 'PAID' })).toEqual(['invoice.paid']);
	expect(derivedTypes('bill', draft, sent)).toEqual([]);
});

it('tells a merged contact as merged and as archived', () => {
	const merged = standing('ARCHIVED', { mergedInto: '6f4e2b1c-8f7d-4a6e-9c37-5b1d2e3f4a50' });

	expect(derivedTypes('contact', standing('ACTIVE'), merged)).toEqual([
		'contact.merged',
		'contact.archived',
	]);
	expect(derivedTypes('contact', merged, merged)).toEqual([]);
});

const anyStanding = fc.record({
	status: fc.constantFrom(
		...[
			'DRAFT',
			'SUBMITTED',
			'AUTHORISED',
			'PAID',
			'VOIDED',
			'DELETED',
			'ARCHIVED',
			'ACTIVE',
			null,
		],
	),
	sent: fc.boolean(),
	mergedInto: fc.constantFrom(null, 'one', 'other'),
});
const entity = fc.constantFrom(...new Set(DERIVED_TYPES.map((each) => each.entity)));

it('tells nothing twice: what was read again without a change has no derived type', () => {
	fc.assert(
		fc.property(entity, anyStanding, (name, now) => {
			expect(derivedTypes(name, now, now)).toEqual([]);
		}),
	);
});
