import type { MappingKind } from '../database/tables';
import type { MappedValue, MappingDirection } from './Mapping';

/** What an organisation has in one short list. */
export const LISTED_KINDS = [
	'account',
	'payment_account',
	'tax_rate',
	'tracking',
	'currency',
] as const satisfies readonly MappingKind[];

export type ListedKind = (typeof LISTED_KINDS)[number];

/** What there may be tens of thousands of: looked up and searched, never listed. */
export const SEARCHED_KINDS = ['item', 'contact'] as const satisfies readonly MappingKind[];

export type SearchedKind = (typeof SEARCHED_KINDS)[number];

export function isListed(kind: MappingKind): kind is ListedKind {
	return (LISTED_KINDS as readonly MappingKind[]).includes(kind);
}

/** Something of Xero's that another system's value can be mapped to. */
export interface ChartValue {
	readonly kind: MappingKind;
	/** What goes into a document. */
	readonly value: MappedValue;
	/** Xero's, which stays when it is renamed; null where it has none. */
	readonly id: string | null;
	/** Xero's name, for people. */
	readonly name: string;
	/** What people choose it by besides, such as an account's code; null where there is none. */
	readonly code: string | null;
	/** Under what it stands in a list, such as "Revenue". */
	readonly group: string;
	/** Why it cannot be used, as a part of a sentence; null where it can. */
	readonly trouble: string | null;
	/** Where it usually stands; of a tax rate: where Xero allows it. */
	readonly suits: Readonly<Record<MappingDirection, boolean>>;
	/** What a merged contact became. */
	readonly followedBy?: string | undefined;
}

/** As people read it. */
export function labelOf({ name, code }: Pick<ChartValue, 'name' | 'code'>): string {
	return code === null || code === name ? name : `${code} – ${name}`;
}
