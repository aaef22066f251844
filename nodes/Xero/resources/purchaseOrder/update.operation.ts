import { updateOperation } from '../../operations/updateOperation';
import { otherContactField } from '../../fields/documentFields';
import { orderLines } from './orderLines';
import { purchaseOrderFields } from './purchaseOrderFields';
import { purchaseOrderKind } from '../../kinds/purchaseOrderKind';

export const { description, request, execute } = updateOperation(purchaseOrderKind, {
	fields: [...purchaseOrderFields, otherContactField],
	lines: orderLines,
});
