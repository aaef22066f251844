import { DERIVED_TYPES } from './xero/derivedTypes';

/**
 * What a subscription can ask for. Xero's webhook categories map onto entities; an INVOICE event is
 * an `invoice` (sales, ACCREC) or a `bill` (ACCPAY), which only the record itself can tell.
 */
export const ENTITIES = [
	'contact',
	'invoice',
	'bill',
	'credit_note',
	'payment',
	'prepayment',
	'overpayment',
	'subscription',
] as const;

/** What Xero has no webhooks of: the hub asks for it. */
export const SYNC_ENTITIES = [
	'bank_transaction',
	'bank_transfer',
	'item',
	'account',
	'quote',
	'purchase_order',
	'manual_journal',
	'tax_rate',
	'tracking_category',
	'organisation',
] as const;

/** Xero takes none of them away, or has no list that would show it. */
const NEVER_GONE: readonly string[] = ['organisation', 'subscription'];

/** What happens to an entity. */
export const CHANGES = ['created', 'updated'] as const;

/** One of {@link CHANGES}. */
export type Change = (typeof CHANGES)[number];

/** Every event of every organisation, whatever its category. */
export const ANY_EVENT = '*';

/** Xero's event exactly as it came, in `data`, for categories and fields the hub does not know yet. */
export const RAW_EVENT = 'raw';

/**
 * `<entity>.<created|updated|deleted>`, a derived type such as `invoice.paid`, `*` or `raw`; an unknown
 * category of Xero's passes in lower case.
 */
export type EventType = string;

/** Those that a change of a record tells. */
export const TRANSITION_TYPES: readonly EventType[] = DERIVED_TYPES.map(({ type }) => type);

/** What becomes of records as days go by, told by the hub's clock. */
export const OVERDUE_TYPES: readonly EventType[] = ['invoice.overdue', 'bill.overdue'];

/** What becomes of a record, by entity: only who knows what it was can tell. */
export const DERIVED_EVENT_TYPES: readonly EventType[] = [
	...new Set(DERIVED_TYPES.map(({ entity }) => entity)),
].flatMap((entity) =>
	[...TRANSITION_TYPES, ...OVERDUE_TYPES].filter((type) => type.startsWith(`${entity}.`)),
);

/** The event types a user can pick; unknown categories reach `*` and `raw`. */
export const EVENT_TYPES: readonly EventType[] = [
	...DERIVED_EVENT_TYPES,
	...[...ENTITIES, ...SYNC_ENTITIES].flatMap((entity) => [
		...CHANGES.map((change) => `${entity}.${change}`),
		...(NEVER_GONE.includes(entity) || TRANSITION_TYPES.includes(`${entity}.deleted`)
			? []
			: [`${entity}.deleted`]),
	]),
];

const EVENT_TYPE_PATTERN = /^[a-z][a-z0-9_]*\.(created|updated|deleted)$/;

/** Whether `type` may stand in a subscription. Unknown entities are allowed: Xero adds categories. */
export function isSubscribable(type: string): boolean {
	return (
		type === ANY_EVENT ||
		type === RAW_EVENT ||
		DERIVED_EVENT_TYPES.includes(type) ||
		EVENT_TYPE_PATTERN.test(type)
	);
}
