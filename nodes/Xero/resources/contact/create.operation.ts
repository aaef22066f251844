import { success } from '../../errors/failure';
import { contactKind } from '../../kinds/contactKind';
import { createOperation } from '../../operations/createOperation';
import { contactFields, contactNameField, joinPaymentTerms } from './contactFields';

export const { description, request, execute } = createOperation(contactKind, {
	own: [contactNameField],
	more: contactFields,
	finish: (record) => success(joinPaymentTerms(record)),
});
