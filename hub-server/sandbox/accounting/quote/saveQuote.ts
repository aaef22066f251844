import type { ApiCall } from '../../resource/ApiResource';
import type { Quote } from '../../world/Quote';
import { randomGuid } from '../../world/random';
import type { Element } from '../../writing/readElements';
import { totalsOf } from '../amounts/lineMath';
import { checkLocks, type Dated } from '../document/checkLocks';
import { checkTotals } from '../document/checkTotals';
import { nextNumber } from '../document/nextNumber';
import { readDate } from '../document/readDate';
import { readDocumentLines } from '../document/readDocumentLines';
import { readHead } from '../document/readHead';
import { readStoredFields } from '../document/readStoredFields';
import { checkQuoteStatus, isQuoteStatus } from './checkQuoteStatus';
import { changesMoreThanContact, isFixed, withContactOf } from './fixedQuote';

export type SavedQuote =
	| { readonly ok: true; readonly quote: Quote }
	| { readonly ok: false; readonly messages: readonly string[] };

/**
 * Creates a quote, or writes the known one that `before` is anew: other than invoices, a quote loses
 * what a change does not repeat, from the reference to the tax treatment. Lines, number and status
 * alone are kept.
 *
 * @see https://github.com/XeroAPI/xero-mcp-server/pull/309 where that was observed
 */
export function saveQuote(call: ApiCall, element: Element, before: Quote | undefined): SavedQuote {
	const status = element['Status'] ?? before?.status ?? 'DRAFT';
	if (!isQuoteStatus(status)) return refuse(`Quote status '${String(status)}' is not valid`);
	const transition = checkQuoteStatus(before?.status, status);
	if (transition !== undefined) return refuse(transition);

	const messages: string[] = [];
	const { quotes: asXero } = call.context.faults();
	const head = readHead(call, element, undefined, messages);
	if (!asXero.defaultsDate && !hasDate(element)) messages.push('The Date field must be specified.');
	checkLocks(call, before && dated(before), dated(head), messages);
	const types = head.lineAmountTypes;
	const { defaultsTax, tracksByName } = asXero;
	const rules = { types, isSale: true, complete: false, defaultsTax, tracksByName };
	const lines = readDocumentLines(call, element, before, rules, messages);
	if (lines.length === 0) messages.push('One or more line items must be specified');
	if (lines.some(({ description }) => description === undefined)) {
		messages.push('Description is required for each line item');
	}
	const expiryDateMs = readDate(element, 'ExpiryDate', undefined, messages);
	const number = numberOf(call, element, before, messages);
	const fields = readStoredFields(element, Object.keys(MAX_LENGTH), undefined);
	for (const [name, longest] of Object.entries(MAX_LENGTH)) {
		if (String(fields[name] ?? '').length > longest) {
			messages.push(`${name} must not be longer than ${longest} characters`);
		}
	}
	const totals = totalsOf(lines, types);
	checkTotals(element, totals, messages);
	if (messages.length > 0) return { ok: false, messages: [...new Set(messages)] };

	const wanted: Quote = {
		id: before?.id ?? randomGuid(call.context.random),
		updatedMs: call.nowMs,
		...head,
		number,
		status,
		expiryDateMs,
		lines,
		totals,
		fields,
	};
	const isAnswered = before?.status === status && !asXero.changesAnswered && isFixed(before);
	if (isAnswered && changesMoreThanContact(element, before, wanted)) {
		return refuse(`Only the contact of a quote with the status ${status} can be updated`);
	}
	const quote = isAnswered ? withContactOf(before, wanted) : wanted;
	call.transaction.put(call.books.quotes, quote);
	return { ok: true, quote };
}

function hasDate(element: Element): boolean {
	return [element['Date'], element['DateString']].some((date) => typeof date === 'string');
}

/** A quote never stands in the ledger. */
function dated({ dateMs }: Dated): Dated {
	return { dateMs, isPosted: false };
}

const MAX_LENGTH: Readonly<Record<string, number>> = {
	Reference: 4_000,
	Terms: 4_000,
	Title: 100,
	Summary: 3_000,
	BrandingThemeID: 36,
};

function refuse(message: string): SavedQuote {
	return { ok: false, messages: [message] };
}

/** Unique among the quotes that are not deleted, and given out when absent. */
function numberOf(
	call: ApiCall,
	element: Element,
	before: Quote | undefined,
	messages: string[],
): string {
	const holderOf = (number: string) => call.books.quotes.find('number', number.toLowerCase());
	const sent = element['QuoteNumber'];
	const number = typeof sent === 'string' && sent.trim() !== '' ? sent.trim() : before?.number;
	if (number === undefined) {
		return nextNumber(call, 'QU', (candidate) => holderOf(candidate) !== undefined);
	}
	if (number.length > 255) messages.push('QuoteNumber must not be longer than 255 characters');
	const holder = holderOf(number);
	if (holder !== undefined && holder.id !== before?.id) messages.push('Quote # must be unique.');
	return number;
}
