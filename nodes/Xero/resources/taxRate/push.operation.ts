import { textDocumentField } from '../../fields/documentFields';
import { pushOperation } from '../../operations/pushOperation';
import { taxComponentsField, taxRateFields } from './taxRateFields';

export const { description, hub, execute } = pushOperation({
	entity: 'tax_rate',
	fields: [
		textDocumentField('Name', 'name', 'Name', 'Unique among active tax rates'),
		taxComponentsField,
		...taxRateFields,
	],
});
