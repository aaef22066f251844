import { success } from '../../errors/failure';
import { readingUpdateOperation } from '../../operations/readingUpdateOperation';
import { itemFields, otherItemCodeField } from './itemFields';
import { itemKind } from '../../kinds/itemKind';

/** Xero's contract wants the code with every change. */
export const { description, request, execute } = readingUpdateOperation(
	itemKind,
	{ fields: [otherItemCodeField, ...itemFields] },
	({ Code }, change) => success({ Code, ...change }),
);
