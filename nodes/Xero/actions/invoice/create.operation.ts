import { createOperation } from '../common/createOperation';
import { salesLines } from '../fields/lineItems';
import { invoiceContactField, invoiceFields, invoiceTypeField } from './invoiceFields';
import { invoiceKind } from './invoiceKind';

export const { description, request, execute } = createOperation(invoiceKind, {
	own: [invoiceTypeField, invoiceContactField],
	more: invoiceFields,
	lines: salesLines,
});
