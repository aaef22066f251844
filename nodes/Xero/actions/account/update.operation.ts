import { updateOperation } from '../common/updateOperation';
import { textDocumentField } from '../fields/documentFields';
import { accountCodeField, accountFields, accountTypeField } from './accountFields';
import { accountKind } from './accountKind';

export const { description, request, execute } = updateOperation(accountKind, {
	fields: [
		...accountFields,
		accountCodeField,
		accountTypeField,
		textDocumentField('Name', 'name', 'Name', 'Unique, up to 150 characters'),
	],
});
