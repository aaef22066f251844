import type { IDataObject } from 'n8n-workflow';

import { recordLocator } from '../fields/recordLocator';
import { documentLines } from '../requests/RecordTraits';
import type { RecordKind } from './RecordKind';

/**
 * `unitdp=4` keeps four decimals of a unit amount. Xero's OpenAPI file names it for invoices and the
 * like only; clients that send it with everything keep four decimals of orders too (calcinai/xero-php#852).
 */
export const quoteKind: RecordKind = {
	collection: {
		name: 'Quotes',
		path: 'api.xro/2.0/Quotes',
		idField: 'QuoteID',
		label: 'quote',
		scope: 'accounting.invoices',
		query: { unitdp: '4' },
		paging: 'fixed',
		traits: {
			members: ['QuoteNumber', 'Contact', 'Date', 'Reference', 'CurrencyCode', 'Title'],
			parts: documentLines,
		},
		changes: {
			note: 'Deleted quotes may be missing: read them with the filter Status set to Deleted.',
		},
	},
	codes: { direction: 'sales' },
	locator: recordLocator({
		displayName: 'Quote',
		name: 'quote',
		searchListMethod: 'searchQuotes',
		noun: 'a quote',
		exampleUrl: 'https://go.xero.com/app/quotes/view/60031d53-6488-4321-9cbd-c1db6dbf9ba4',
		required: true,
	}),
	simplify: simplifyQuote,
};

/** The ten fields that say what it is, whose it is and how long it stands. */
function simplifyQuote(quote: IDataObject): IDataObject {
	const contact = quote.Contact as IDataObject | undefined;
	return {
		QuoteNumber: quote.QuoteNumber,
		ContactName: contact?.Name,
		Total: quote.Total,
		CurrencyCode: quote.CurrencyCode,
		Status: quote.Status,
		Title: quote.Title,
		Date: quote.Date,
		ExpiryDate: quote.ExpiryDate,
		Reference: quote.Reference,
		QuoteID: quote.QuoteID,
	};
}
