import type { IDataObject } from 'n8n-workflow';

import type { Members } from '../../fields/Field';

/**
 * What a change of a quote has to repeat. Xero empties the fields of a quote that an update leaves
 * out (the tax treatment goes back to exclusive, which changes the total), and wants contact and day
 * each time. Lines stay when they are left out; repeating them could tax an inclusive quote twice.
 */
export function keptOfQuote(quote: IDataObject): Members {
	const contact = quote.Contact as IDataObject | undefined;
	const kept = Object.fromEntries(
		REPEATED.map((name) => [name, quote[name]]).filter(([, value]) => value !== undefined),
	);
	return {
		...kept,
		...(contact?.ContactID === undefined ? {} : { Contact: { ContactID: contact.ContactID } }),
		...day(quote, 'Date'),
		...day(quote, 'ExpiryDate'),
	};
}

const REPEATED = [
	'QuoteNumber',
	'Reference',
	'Terms',
	'Title',
	'Summary',
	'BrandingThemeID',
	'CurrencyCode',
	'CurrencyRate',
	'LineAmountTypes',
] as const;

function day(quote: IDataObject, name: string): Members {
	const text = quote[`${name}String`];
	return typeof text === 'string' ? { [name]: text.slice(0, 10) } : {};
}
