import { otherContactField } from '../../fields/documentFields';
import { purchaseOrderKind } from '../../kinds/purchaseOrderKind';
import { updateOperation } from '../../operations/updateOperation';
import { orderLines } from './orderLines';
import { purchaseOrderFields } from './purchaseOrderFields';

export const { description, request, execute } = updateOperation(purchaseOrderKind, {
	fields: [...purchaseOrderFields, otherContactField],
	lines: orderLines,
});
