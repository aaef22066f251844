import type { ApiCall } from '../../resource/ApiResource';
import { parseDecimal } from '../../world/decimal';
import type { DocumentHead } from '../../world/DocumentHead';
import type { Element } from '../../writing/readElements';
import { contactOfDocument } from '../contact/saveContact';
import { readDate, todayOf } from './readDate';
import { readLineAmountTypes } from './readLineAmountTypes';

/**
 * Reads the head of a document; what is not sent stays as in `before`, and a new document is of
 * today, exclusive of tax and in the base currency. What is wrong is added to `messages`; then the
 * `contactId` may be empty, and the head must not be saved.
 */
export function readHead(
	call: ApiCall,
	element: Element,
	before: DocumentHead | undefined,
	messages: string[],
): DocumentHead {
	const contactId = contactIdOf(call, element, before, messages);
	const lineAmountTypes = readLineAmountTypes(
		element,
		before?.lineAmountTypes ?? 'Exclusive',
		messages,
	);
	const dateMs = readDate(element, 'Date', before?.dateMs, messages) ?? todayOf(call.nowMs);
	return {
		contactId,
		dateMs,
		lineAmountTypes,
		currencyCode: currencyOf(call, element, before, messages),
		currencyRate: rateOf(element) ?? before?.currencyRate ?? 1_000_000,
	};
}

function contactIdOf(
	call: ApiCall,
	element: Element,
	before: DocumentHead | undefined,
	messages: string[],
): string {
	if (before !== undefined && element['Contact'] === undefined) return before.contactId;
	const saved = contactOfDocument(call, element['Contact']);
	if (saved.ok) return saved.contact.id;
	messages.push(...saved.messages);
	return '';
}

function currencyOf(
	call: ApiCall,
	element: Element,
	before: DocumentHead | undefined,
	messages: string[],
): string {
	const code = element['CurrencyCode'] ?? before?.currencyCode ?? call.organisation.baseCurrency;
	if (typeof code !== 'string' || call.books.currencies.get(code) === undefined) {
		messages.push(`Organisation is not subscribed to currency ${String(code)}`);
		return call.organisation.baseCurrency;
	}
	return code;
}

/** In millionths. */
function rateOf(element: Element): number | undefined {
	const rate = parseDecimal(element['CurrencyRate'], 4);
	if (rate === undefined || rate <= 0) return undefined;
	return Math.round(Number(element['CurrencyRate']) * 1_000_000);
}
