import { takeBackOperation } from '../../operations/takeBackOperation';
import { invoiceKind } from '../../kinds/invoiceKind';

export const { description, request, execute } = takeBackOperation(invoiceKind, {
	noun: 'Invoice',
	numberField: 'InvoiceNumber',
	whenPaid: 'Delete its payments first; it is then authorised again and can be voided.',
});
