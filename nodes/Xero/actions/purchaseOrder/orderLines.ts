import type { LineItemsKind } from '../fields/lineItems';
import { lineItemFields } from '../fields/lineItemFields';

/** Lines of purchase orders: a percentage comes off, where Xero takes no amount off. */
export const orderLines: LineItemsKind = {
	member: 'LineItems',
	fields: lineItemFields.filter(({ property }) => property.name !== 'discountAmount'),
};
