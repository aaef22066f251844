import { updateOperation } from '../common/updateOperation';
import { otherContactField } from '../fields/documentFields';
import { plainLines } from '../fields/lineItems';
import { purchaseOrderFields } from './purchaseOrderFields';
import { purchaseOrderKind } from './purchaseOrderKind';

export const { description, request, execute } = updateOperation(purchaseOrderKind, {
	fields: [...purchaseOrderFields, otherContactField],
	lines: plainLines,
});
