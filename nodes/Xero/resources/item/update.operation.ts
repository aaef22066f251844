import { success } from '../../errors/failure';
import { itemKind } from '../../kinds/itemKind';
import { readingUpdateOperation } from '../../operations/readingUpdateOperation';
import { itemFields, otherItemCodeField } from './itemFields';

/** Xero's contract wants the code with every change. */
export const { description, request, execute } = readingUpdateOperation(
	itemKind,
	{ fields: [otherItemCodeField, ...itemFields] },
	({ Code }, change) => success({ Code, ...change }),
);
