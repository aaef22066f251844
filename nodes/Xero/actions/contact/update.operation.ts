import { updateOperation } from '../common/updateOperation';
import { success } from '../../errors/failure';
import { contactFields, joinPaymentTerms, optionalNameField } from './contactFields';
import { contactKind } from './contactKind';

export const { description, request, execute } = updateOperation(contactKind, {
	fields: [...contactFields, optionalNameField],
	finish: (record) => success(joinPaymentTerms(record)),
});
