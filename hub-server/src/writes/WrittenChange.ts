/** What a write did to a record. `saved`: made or changed, which of the two Xero does not say. */
export const RECORD_CHANGES = [
	...(['created', 'updated', 'saved', 'deleted', 'voided', 'archived'] as const),
	...(['unchanged', 'refused', 'unknown'] as const),
];

export type RecordChange = (typeof RECORD_CHANGES)[number];

export interface WrittenChange {
	/** Xero's; null where it has none, or is not known. */
	readonly id: string | null;
	readonly change: RecordChange;
	/** Why it was refused, in Xero's words. */
	readonly message?: string;
}
