import { createOperation } from '../../operations/createOperation';
import { salesLines } from '../../documents/lineItems';
import { invoiceContactField, invoiceFields, invoiceTypeField } from './invoiceFields';
import { invoiceKind } from '../../kinds/invoiceKind';

export const { description, request, execute } = createOperation(invoiceKind, {
	own: [invoiceTypeField, invoiceContactField],
	more: invoiceFields,
	lines: salesLines,
});
