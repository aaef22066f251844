import type { SearchMethod } from './SearchMethod';
import { searchUnsearched } from './searchUnsearched';
import { accountingPages } from './unsearchedPages';

/** Newest first. */
export const searchPurchaseOrders: SearchMethod = async function (filter, paginationToken) {
	return await searchUnsearched(
		accountingPages(
			this,
			'PurchaseOrders',
			{ order: 'Date DESC' },
			({ PurchaseOrderNumber, PurchaseOrderID, Reference, Contact, Status }) => ({
				name: [
					PurchaseOrderNumber,
					(Contact as { Name?: string } | undefined)?.Name,
					Reference,
					Status,
				]
					.filter(Boolean)
					.join(' · '),
				value: String(PurchaseOrderID),
				url: `https://go.xero.com/Accounts/Payable/PurchaseOrders/Edit/${String(PurchaseOrderID)}/`,
			}),
		),
		filter,
		paginationToken,
	);
};
