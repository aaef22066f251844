import type { RecordStanding } from './recordStanding';

/**
 * What was known of a record before: its standing, that it did not exist (it is new since the baseline),
 * or nothing at all.
 */
export type FormerStanding = RecordStanding | 'absent' | 'unknown';

/** An event type that a change of standing tells. */
export interface DerivedType {
	readonly type: string;
	/** As in event types: `invoice`, `bill`, … */
	readonly entity: string;
	/** What happens, for people. */
	readonly when: string;
	/** Whether the step from `before` to `now` is that event. */
	tells(before: RecordStanding | undefined, now: RecordStanding): boolean;
}

/**
 * Every type that a transition tells, of an entity the most telling first. States are told by transition:
 * a paid invoice that is edited stays paid, and is told once.
 *
 * Only states that were read count: a draft that is approved and paid between two reads is `authorised` and
 * `paid`, because Xero lets nothing be paid that was not approved; one that is void by then is only `voided`.
 *
 * Statuses are those of Xero's OpenAPI file (Invoice, Payment, Contact, Quote, PurchaseOrder, Statement).
 */
export const DERIVED_TYPES: readonly DerivedType[] = [
	...['invoice', 'bill'].flatMap((entity): DerivedType[] => [
		{
			type: `${entity}.voided`,
			entity,
			when: 'becomes VOIDED',
			tells: becomes('VOIDED'),
		},
		{
			type: `${entity}.paid`,
			entity,
			when: 'becomes PAID, by payments, credits or a total of nothing',
			tells: becomes('PAID'),
		},
		{
			type: `${entity}.authorised`,
			entity,
			when: 'is approved: from new, DRAFT or SUBMITTED to AUTHORISED or PAID',
			tells: (before, now) =>
				isOneOf(now, ['AUTHORISED', 'PAID']) &&
				(before === undefined || isOneOf(before, ['DRAFT', 'SUBMITTED'])),
		},
	]),
	{
		type: 'invoice.sent',
		entity: 'invoice',
		when: 'is marked as sent to its contact',
		tells: (before, now) => now.sent && before?.sent !== true,
	},
	{
		type: 'payment.deleted',
		entity: 'payment',
		when: 'becomes DELETED',
		tells: becomes('DELETED'),
	},
	{
		type: 'contact.merged',
		entity: 'contact',
		when: 'is merged into another contact',
		tells: (before, now) => now.mergedInto !== null && before?.mergedInto !== now.mergedInto,
	},
	{
		type: 'contact.archived',
		entity: 'contact',
		when: 'is archived, also by being merged',
		tells: becomes('ARCHIVED'),
	},
	{
		type: 'quote.invoiced',
		entity: 'quote',
		when: 'becomes INVOICED',
		tells: becomes('INVOICED'),
	},
	{
		type: 'quote.accepted',
		entity: 'quote',
		when: 'becomes ACCEPTED',
		tells: becomes('ACCEPTED'),
	},
	{
		type: 'quote.declined',
		entity: 'quote',
		when: 'becomes DECLINED',
		tells: becomes('DECLINED'),
	},
	{
		type: 'purchase_order.billed',
		entity: 'purchase_order',
		when: 'becomes BILLED',
		tells: becomes('BILLED'),
	},
	{
		type: 'purchase_order.authorised',
		entity: 'purchase_order',
		when: 'is approved: from new, DRAFT or SUBMITTED to AUTHORISED or BILLED',
		tells: (before, now) =>
			isOneOf(now, ['AUTHORISED', 'BILLED']) &&
			(before === undefined || isOneOf(before, ['DRAFT', 'SUBMITTED'])),
	},
	{
		type: 'bank_statement.delivered',
		entity: 'bank_statement',
		when: 'becomes DELIVERED',
		tells: becomes('DELIVERED'),
	},
	{
		type: 'bank_statement.rejected',
		entity: 'bank_statement',
		when: 'becomes REJECTED',
		tells: becomes('REJECTED'),
	},
];

/**
 * The derived types of one change, the most telling first. None where nothing is known of the time before.
 *
 * @param entity as in event types; sales invoices are `invoice`, bills `bill`
 */
export function derivedTypes(
	entity: string,
	before: FormerStanding,
	now: RecordStanding,
): readonly string[] {
	if (before === 'unknown') return [];
	const former = before === 'absent' ? undefined : before;
	return DERIVED_TYPES.filter((each) => each.entity === entity && each.tells(former, now)).map(
		({ type }) => type,
	);
}

function becomes(status: string): DerivedType['tells'] {
	return (before, now) => now.status === status && before?.status !== status;
}

function isOneOf({ status }: RecordStanding, statuses: readonly string[]): boolean {
	return status !== null && statuses.includes(status);
}
