import { statusField, textDocumentField } from '../../fields/documentFields';
import { accountKind } from '../../kinds/accountKind';
import { updateOperation } from '../../operations/updateOperation';
import { accountCodeField, accountFields, accountTypeField } from './accountFields';

export const { description, request, execute } = updateOperation(accountKind, {
	fields: [
		...accountFields,
		accountCodeField,
		accountTypeField,
		statusField(
			[
				{ name: 'Active', value: 'ACTIVE', description: 'Takes an archived account back' },
				{
					name: 'Archived',
					value: 'ARCHIVED',
					description: 'As Archive does; Xero wants no other change in the same request',
				},
			],
			'ACTIVE',
		),
		textDocumentField('Name', 'name', 'Name', 'Unique, up to 150 characters'),
	],
});
