import { textDocumentField } from '../../fields/documentFields';
import { pushOperation } from '../../operations/pushOperation';
import { accountCodeField, accountFields, accountTypeField, bankFields } from './accountFields';

export const { description, hub, execute } = pushOperation({
	entity: 'account',
	fields: [
		...accountFields,
		...bankFields,
		accountCodeField,
		accountTypeField,
		textDocumentField('Name', 'name', 'Name', 'Unique, up to 150 characters'),
	],
});
