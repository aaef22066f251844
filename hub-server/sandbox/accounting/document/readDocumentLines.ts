import type { InvoiceLine, LineAmountTypes } from '../../world/Books';
import { parameter, type AccountingCall } from '../AccountingResource';
import type { Element } from '../writing/readElements';
import { readLines, type LineRules } from './readLines';

/** The lines of a document after a write: those sent, else those that were there. */
export function readDocumentLines(
	call: AccountingCall,
	element: Element,
	before:
		| { readonly lines: readonly InvoiceLine[]; readonly lineAmountTypes: LineAmountTypes }
		| undefined,
	rules: Omit<LineRules, 'unitPlaces'>,
	messages: string[],
): readonly InvoiceLine[] {
	const sent = element['LineItems'];
	const isUnchanged =
		!Array.isArray(sent) &&
		before !== undefined &&
		before.lineAmountTypes === rules.types &&
		!rules.complete;
	if (isUnchanged) return before.lines;

	const old = before?.lines ?? [];
	const given = Array.isArray(sent) ? sent : old.map(({ id }) => ({ LineItemID: id }));
	const read = readLines(call, given, old, {
		...rules,
		unitPlaces: parameter(call.request, 'unitdp') === '4' ? 4 : 2,
	});
	messages.push(...read.messages);
	return read.lines;
}
