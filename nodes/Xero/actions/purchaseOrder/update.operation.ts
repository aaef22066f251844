import { updateOperation } from '../common/updateOperation';
import { otherContactField } from '../fields/documentFields';
import { orderLines } from './orderLines';
import { purchaseOrderFields } from './purchaseOrderFields';
import { purchaseOrderKind } from './purchaseOrderKind';

export const { description, request, execute } = updateOperation(purchaseOrderKind, {
	fields: [...purchaseOrderFields, otherContactField],
	lines: orderLines,
});
