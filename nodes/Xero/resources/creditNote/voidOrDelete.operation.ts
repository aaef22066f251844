import { creditNoteKind } from '../../kinds/creditNoteKind';
import { takeBackOperation } from '../../operations/takeBackOperation';

export const { description, request, execute } = takeBackOperation(creditNoteKind, {
	noun: 'Credit note',
	numberField: 'CreditNoteNumber',
	whenPaid:
		'Delete its allocations and refunds first; it is then authorised again and can be voided.',
});
