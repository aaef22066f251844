import type { ApiCall } from '../../resource/ApiResource';
import type { InvoiceLine } from '../../world/Books';
import type { Element } from '../../writing/readElements';
import { readLines, type DocumentLines, type LineRules } from './readLines';
import { unitPlacesOf } from './unitPlacesOf';

/**
 * The lines of a document after a write: those sent, else those that were there. Lines that stay are
 * checked again where the document has to be complete, and no amount of theirs changes: not even a tax
 * amount that somebody set by hand.
 */
export function readDocumentLines(
	call: ApiCall,
	element: Element,
	before: DocumentLines | undefined,
	rules: Omit<LineRules, 'unitPlaces'>,
	messages: string[],
): readonly InvoiceLine[] {
	const sent = element['LineItems'];
	const staying =
		!Array.isArray(sent) && before?.lineAmountTypes === rules.types ? before.lines : undefined;
	if (staying !== undefined && !rules.complete) return staying;

	const given = Array.isArray(sent)
		? sent
		: (before?.lines ?? []).map(({ id }) => ({ LineItemID: id }));
	const read = readLines(call, given, before, { ...rules, unitPlaces: unitPlacesOf(call) });
	messages.push(...read.messages);
	return staying ?? read.lines;
}
