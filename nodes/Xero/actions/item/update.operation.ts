import { success } from '../../errors/failure';
import { readingUpdateOperation } from '../common/readingUpdateOperation';
import { itemFields, otherItemCodeField } from './itemFields';
import { itemKind } from './itemKind';

/** Xero's contract wants the code with every change. */
export const { description, request, execute } = readingUpdateOperation(
	itemKind,
	{ fields: [otherItemCodeField, ...itemFields] },
	({ Code }, change) => success({ Code, ...change }),
);
