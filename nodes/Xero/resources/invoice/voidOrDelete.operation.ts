import { invoiceKind } from '../../kinds/invoiceKind';
import { takeBackOperation } from '../../operations/takeBackOperation';

export const { description, request, execute } = takeBackOperation(invoiceKind, {
	noun: 'Invoice',
	numberField: 'InvoiceNumber',
	whenPaid: 'Delete its payments first; it is then authorised again and can be voided.',
});
