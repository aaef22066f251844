import type { IDataObject } from 'n8n-workflow';

import type { Members } from '../fields/Field';
import { lineWithout } from './lineWithout';
import { writableLine } from './writableLine';

/**
 * The lines that a document has, to be changed and sent back `withoutComputed`.
 *
 * A tax amount goes back as it was read, since nothing tells one of Xero's from one that somebody set by
 * hand, and without it Xero computes another. Where Xero takes none but its own (of bank transactions:
 * xero-node#768, though its web pages let people set one), it takes its own back and refuses the other,
 * which is better than a total that changes without a word. It is left to Xero where the change makes the
 * amounts mean something else.
 */
export function keptLines(document: IDataObject, change: Members): Members[] {
	const types = text(document.LineAmountTypes);
	const isReread = text(change['LineAmountTypes'] ?? types) !== types;
	return ((document.LineItems as IDataObject[] | undefined) ?? []).map((line) => {
		const writable = writableLine(line);
		return isReread ? withoutTaxAmount(writable) : writable;
	});
}

/** A line whose tax Xero computes. */
export function withoutTaxAmount(line: Members): Members {
	return lineWithout(line, 'TaxAmount', 'TaxBreakdown');
}

/** Quotes have it in capitals. */
function text(value: unknown): string {
	return String(value).toUpperCase();
}
