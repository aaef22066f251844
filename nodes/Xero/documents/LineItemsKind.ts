import type { Writer } from '../fields/Field';
import type { parseTracking } from '../fields/tracking';
import type { LineField } from './LineField';

/** The lines of one kind of document. */
export interface LineItemsKind {
	/** Xero's name of the array. */
	readonly member: string;
	/** The columns of one line. */
	readonly fields: readonly LineField[];
	/**
	 * What lines that come as data may have besides, by Xero's name: rare members, and what an answer of
	 * Xero's has, so that its lines can be sent as they are.
	 */
	readonly others: Readonly<Record<string, Writer>>;
	/** Reads a tracking option that is text; Xero's `Category: Option` where absent. */
	readonly readTracking?: typeof parseTracking;
}

/** What names an existing line; lines of manual journals have no such thing. */
export const LINE_ID = 'LineItemID';

export function hasLineIds({ fields }: Pick<LineItemsKind, 'fields'>): boolean {
	return fields.some(({ member }) => member === LINE_ID);
}

/** Xero's names of the columns. */
export function memberNames(fields: readonly LineField[]): string[] {
	return [...new Set(fields.map(({ member }) => member))];
}
