import { updateOperation } from '../../operations/updateOperation';
import { otherContactField } from '../../fields/documentFields';
import { salesLines } from '../../documents/lineItems';
import { invoiceFields } from './invoiceFields';
import { invoiceKind } from '../../kinds/invoiceKind';

export const { description, request, execute } = updateOperation(invoiceKind, {
	fields: [...invoiceFields, otherContactField],
	lines: salesLines,
});
