import type { MappingKind } from '../database/tables';

/** Of what a value is: text such as a code, an id or a TaxType; of tracking its category and option. */
export type MappedValue = string | { readonly category: string; readonly option: string };

export type MappingDirection = 'sales' | 'purchases';

/** A value of another system's, and Xero's in its place. */
export interface Mapping {
	/** `*`: any. */
	readonly system: string;
	readonly kind: MappingKind;
	/** As the other system says it, without blanks around it. */
	readonly key: string;
	readonly value: MappedValue;
	/** Of a tax rate that differs by it. */
	readonly direction?: MappingDirection | undefined;
	/** Xero's name of the value. */
	readonly label: string | null;
	/** `broken`: Xero does not take it any more. */
	readonly state: 'ok' | 'broken';
	/** Why it is broken, and what to do. */
	readonly reason: string | null;
	readonly updatedAt: number;
}

/** One value to be mapped, and where it stands, for people. */
export interface WantedValue {
	readonly kind: MappingKind;
	readonly key: string;
	/** Of the document it stands on; tells tax rates apart. */
	readonly direction?: MappingDirection | undefined;
	/** Such as "invoice 1042, line 2". */
	readonly where?: string | undefined;
}

export type ResolvedValue =
	| { readonly state: 'ok'; readonly value: MappedValue }
	| { readonly state: 'unmapped' }
	| { readonly state: 'broken'; readonly reason: string };

/** Which organisation, and for which system. */
export interface MappingScope {
	readonly workspaceId: string;
	readonly tenantId: string;
	readonly system: string;
}

/**
 * Looks all of them up at once, checked against what the organisation has now: the exact system beats `*`, an exact
 * direction one without, and a link beats a `contact` mapping. What is not mapped is remembered, so that
 * a person finds it on the mapping page.
 *
 * @returns in the order of `wanted`
 */
export type ResolveMappings = (
	scope: MappingScope,
	wanted: readonly WantedValue[],
) => Promise<readonly ResolvedValue[]>;
