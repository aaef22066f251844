import type { SearchMethod } from './SearchMethod';
import { searchUnsearched } from './searchUnsearched';
import { accountingPages } from './unsearchedPages';

/** Newest first. */
export const searchQuotes: SearchMethod = async function (filter, paginationToken) {
	return await searchUnsearched(
		accountingPages(
			this,
			'Quotes',
			{ order: 'Date DESC' },
			({ QuoteNumber, QuoteID, Title, Contact, Status }) => ({
				name: [QuoteNumber, (Contact as { Name?: string } | undefined)?.Name, Title, Status]
					.filter(Boolean)
					.join(' · '),
				value: String(QuoteID),
				url: `https://go.xero.com/app/quotes/view/${String(QuoteID)}`,
			}),
		),
		filter,
		paginationToken,
	);
};
