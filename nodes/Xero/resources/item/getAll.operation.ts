import { commonFilters, flagFilter, textFilter, whereFilter } from '../../filters/filters';
import { itemKind } from '../../kinds/itemKind';
import { listOperation } from '../../operations/listOperation';

export const { description, request, execute } = listOperation(itemKind, {
	filters: [
		textFilter('Code', 'code', 'Code'),
		flagFilter('Is Purchased', 'isPurchased', 'IsPurchased', 'the item can be purchased'),
		flagFilter('Is Sold', 'isSold', 'IsSold', 'the item can be sold'),
		flagFilter(
			'Is Tracked',
			'isTrackedAsInventory',
			'IsTrackedAsInventory',
			'Xero counts the stock of the item',
		),
		textFilter('Name', 'name', 'Name'),
		commonFilters.updatedSince,
		whereFilter('Name.Contains("Book")'),
	],
	sortFields: [
		{ name: 'Code', value: 'Code' },
		{ name: 'Item ID', value: 'ItemID' },
		{ name: 'Updated', value: 'UpdatedDateUTC' },
	],
});
