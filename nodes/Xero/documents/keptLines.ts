import type { IDataObject } from 'n8n-workflow';

import type { Members } from '../fields/Field';
import { writableLine } from './writableLine';

/**
 * The lines that a document has, to be sent back with a change. Tax is left to Xero where the change
 * makes the amounts mean something else.
 */
export function keptLines(document: IDataObject, change: Members): IDataObject[] {
	const types = text(document.LineAmountTypes);
	const isReread = text(change['LineAmountTypes'] ?? types) !== types;
	return ((document.LineItems as IDataObject[] | undefined) ?? []).map((line) => {
		const { TaxAmount, TaxBreakdown, ...others } = writableLine(line);
		return isReread ? others : { ...others, TaxAmount, TaxBreakdown };
	});
}

/** Quotes have it in capitals. */
function text(value: unknown): string {
	return String(value).toUpperCase();
}
