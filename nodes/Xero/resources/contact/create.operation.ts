import { createOperation } from '../../operations/createOperation';
import { success } from '../../errors/failure';
import { contactFields, contactNameField, joinPaymentTerms } from './contactFields';
import { contactKind } from '../../kinds/contactKind';

export const { description, request, execute } = createOperation(contactKind, {
	own: [contactNameField],
	more: contactFields,
	finish: (record) => success(joinPaymentTerms(record)),
});
