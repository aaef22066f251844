import { updateOperation } from '../common/updateOperation';
import { otherContactField } from '../fields/documentFields';
import { salesLines } from '../fields/lineItems';
import { invoiceFields } from './invoiceFields';
import { invoiceKind } from './invoiceKind';

export const { description, request, execute } = updateOperation(invoiceKind, {
	fields: [...invoiceFields, otherContactField],
	lines: salesLines,
});
