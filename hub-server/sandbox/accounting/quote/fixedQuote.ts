import type { Quote } from '../../world/Quote';
import type { Element } from '../../writing/readElements';

/**
 * Whether a quote has been answered: of one that was accepted, declined or invoiced only the contact can
 * be changed, and notes be added.
 *
 * @see https://developer.xero.com/documentation/api/accounting/quotes
 */
export function isFixed({ status }: Quote): boolean {
	return status === 'ACCEPTED' || status === 'DECLINED' || status === 'INVOICED';
}

/** Whether a member that is sent says something else than the quote has. */
export function changesMoreThanContact(element: Element, before: Quote, wanted: Quote): boolean {
	return Object.entries(FIXED).some(
		([name, get]) =>
			(element[name] ?? element[`${name}String`]) !== undefined &&
			JSON.stringify(get(before)) !== JSON.stringify(get(wanted)),
	);
}

/** What is not sent stays here, other than of a quote that can be changed. */
export function withContactOf(before: Quote, { contactId, updatedMs }: Quote): Quote {
	return { ...before, contactId, updatedMs };
}

const FIXED: Readonly<Record<string, (quote: Quote) => unknown>> = {
	Date: ({ dateMs }) => dateMs,
	ExpiryDate: ({ expiryDateMs }) => expiryDateMs,
	LineAmountTypes: ({ lineAmountTypes }) => lineAmountTypes,
	CurrencyCode: ({ currencyCode }) => currencyCode,
	CurrencyRate: ({ currencyRate }) => currencyRate,
	QuoteNumber: ({ number }) => number,
	LineItems: ({ lines }) => lines,
	...Object.fromEntries(
		['Reference', 'Terms', 'Title', 'Summary', 'BrandingThemeID'].map((name) => [
			name,
			({ fields }: Quote) => fields[name],
		]),
	),
};
