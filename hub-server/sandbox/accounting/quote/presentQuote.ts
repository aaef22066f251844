import { dateString, msDateTimeBare } from '../../resource/xeroDate';
import type { Books, Contact } from '../../world/Books';
import { toNumber } from '../../world/decimal';
import type { Quote } from '../../world/Quote';
import type { Element } from '../../writing/readElements';
import { presentLine } from '../document/presentLine';

/** Quotes print dates without an offset, and tax treatments in capitals. */
export function presentQuote(books: Books, quote: Quote, unitPlaces: 2 | 4): Element {
	const { totals, fields } = quote;
	const contact = books.contacts.get(quote.contactId) as Contact;

	return {
		QuoteID: quote.id,
		QuoteNumber: quote.number,
		...(fields['Reference'] !== undefined && { Reference: fields['Reference'] }),
		Terms: fields['Terms'] ?? '',
		Contact: {
			ContactID: contact.id,
			Name: contact.name,
			EmailAddress: contact.fields['EmailAddress'] ?? '',
		},
		LineItems: quote.lines.map((line) => presentLine(books, line, unitPlaces)),
		...day('Date', quote.dateMs),
		...day('ExpiryDate', quote.expiryDateMs),
		Status: quote.status,
		CurrencyRate: quote.currencyRate / 1_000_000,
		CurrencyCode: quote.currencyCode,
		SubTotal: toNumber(totals.subTotal, 2),
		TotalTax: toNumber(totals.totalTax, 2),
		Total: toNumber(totals.total, 2),
		...(totals.totalDiscount !== 0 && { TotalDiscount: toNumber(totals.totalDiscount, 2) }),
		...(fields['Title'] !== undefined && { Title: fields['Title'] }),
		...(fields['Summary'] !== undefined && { Summary: fields['Summary'] }),
		...(fields['BrandingThemeID'] !== undefined && { BrandingThemeID: fields['BrandingThemeID'] }),
		UpdatedDateUTC: msDateTimeBare(quote.updatedMs),
		LineAmountTypes: quote.lineAmountTypes.toUpperCase(),
	};
}

function day(name: string, ms: number | undefined): Element {
	return ms === undefined ? {} : { [name]: msDateTimeBare(ms), [`${name}String`]: dateString(ms) };
}
