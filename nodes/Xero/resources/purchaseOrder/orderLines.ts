import { salesLines } from '../../documents/lineItems';
import type { LineItemsKind } from '../../documents/LineItemsKind';

/** Lines of purchase orders: a percentage comes off, where Xero takes no amount off. */
export const orderLines: LineItemsKind = {
	...salesLines,
	fields: salesLines.fields.filter(({ member }) => member !== 'DiscountAmount'),
};
