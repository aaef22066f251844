import { salesLines } from '../../documents/lineItems';
import { otherContactField } from '../../fields/documentFields';
import { invoiceKind } from '../../kinds/invoiceKind';
import { updateOperation } from '../../operations/updateOperation';
import { invoiceFields } from './invoiceFields';

export const { description, request, execute } = updateOperation(invoiceKind, {
	fields: [...invoiceFields, otherContactField],
	lines: salesLines,
});
