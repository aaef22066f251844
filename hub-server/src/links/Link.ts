import type { LinkState } from '../database/tables';

/** The entities that can be linked, as event types name them; `bill` is one of its own. */
export const LINKED_ENTITIES = [
	'contact',
	'item',
	'invoice',
	'bill',
	'credit_note',
	'payment',
	'bank_transaction',
	'account',
	'tax_rate',
] as const;

export type LinkedEntity = (typeof LINKED_ENTITIES)[number];

/** Which record of another system it is. */
export interface ExternalRecord {
	/** Null: it belongs to no organisation yet. */
	readonly tenantId: string | null;
	/** The other system, as its workflows name it, such as `crm`. */
	readonly system: string;
	readonly entity: LinkedEntity;
	readonly externalId: string;
}

/**
 * What both sides held of a member when they last agreed, each in its own spelling: neither has changed while it
 * still says the same. Xero may have made another thing of what was sent, such as a phone number in parts.
 */
export interface AgreedMember {
	readonly external: unknown;
	readonly xero: unknown;
}

/** By member of Xero's. */
export type AgreedBase = Readonly<Record<string, AgreedMember>>;

/** A record of another system's, and Xero's that is the same thing. */
export interface Link extends ExternalRecord {
	readonly id: string;
	/** Null while nothing is known to be in Xero. Of a tax rate its TaxType. */
	readonly xeroId: string | null;
	readonly state: LinkState;
	/** Why it is broken, and what to do. */
	readonly reason: string | null;
	/** Null before the sides agreed on anything. */
	readonly base: AgreedBase | null;
	/** Of what was pushed last, as it was asked for. */
	readonly pushedHash: string | null;
	/** The push that made it, claims it, or changed it last. */
	readonly pushId: string | null;
	/** When a create was sent whose answer is not known; null otherwise. */
	readonly sentAt: number | null;
	/** Epoch milliseconds. */
	readonly createdAt: number;
	readonly updatedAt: number;
}
