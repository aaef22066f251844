import type { Books, InvoiceLine } from '../../world/Books';
import { scale, toNumber } from '../../world/decimal';
import type { Element } from '../../writing/readElements';

/** @param unitPlaces 4 with `unitdp=4`; else Xero rounds unit amounts to two decimals */
export function presentLine(books: Books, line: InvoiceLine, unitPlaces: 2 | 4): Element {
	const account =
		line.accountCode === undefined
			? undefined
			: books.accounts.find('code', line.accountCode.toLowerCase());
	const item =
		line.itemCode === undefined ? undefined : books.items.find('code', line.itemCode.toLowerCase());

	return {
		...(line.itemCode !== undefined && { ItemCode: line.itemCode }),
		...(line.description !== undefined && { Description: line.description }),
		UnitAmount:
			unitPlaces === 4 ? toNumber(line.unitAmount, 4) : toNumber(scale(line.unitAmount, 1, 100), 2),
		...(line.taxType !== undefined && { TaxType: line.taxType }),
		TaxAmount: toNumber(line.taxAmount, 2),
		LineAmount: toNumber(line.lineAmount, 2),
		...(line.accountCode !== undefined && { AccountCode: line.accountCode }),
		...(item !== undefined && { Item: { ItemID: item.id, Name: item.name, Code: item.code } }),
		Tracking: line.tracking.flatMap(({ categoryId, optionId }) =>
			presentTracking(books, categoryId, optionId),
		),
		Quantity: toNumber(line.quantity, 4),
		...(line.discountRate !== undefined && { DiscountRate: toNumber(line.discountRate, 4) }),
		...(line.discountAmount !== undefined && { DiscountAmount: toNumber(line.discountAmount, 2) }),
		LineItemID: line.id,
		...(account !== undefined && { AccountID: account.id }),
		ValidationErrors: [],
	};
}

/** A tracking option under the names of its category; nothing once it is gone. */
export function presentTracking(books: Books, categoryId: string, optionId: string): Element[] {
	const category = books.trackingCategories.get(categoryId);
	const option = category?.options.find(({ id }) => id === optionId);
	if (category === undefined || option === undefined) return [];
	return [
		{
			Name: category.name,
			Option: option.name,
			TrackingCategoryID: categoryId,
			TrackingOptionID: optionId,
		},
	];
}
