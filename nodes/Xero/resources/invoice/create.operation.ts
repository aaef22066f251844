import { salesLines } from '../../documents/lineItems';
import { invoiceKind } from '../../kinds/invoiceKind';
import { createOperation } from '../../operations/createOperation';
import { invoiceContactField, invoiceFields, invoiceTypeField } from './invoiceFields';

export const { description, request, execute } = createOperation(invoiceKind, {
	own: [invoiceTypeField, invoiceContactField],
	more: invoiceFields,
	lines: salesLines,
});
