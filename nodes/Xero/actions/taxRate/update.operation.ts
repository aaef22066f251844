import { updateOperation } from '../common/updateOperation';
import { textDocumentField } from '../fields/documentFields';
import { taxComponentsField, taxRateFields } from './taxRateFields';
import { taxRateKind } from './taxRateKind';

export const { description, request, execute } = updateOperation(taxRateKind, {
	fields: [
		textDocumentField('Name', 'name', 'Name', 'Unique among active tax rates'),
		taxComponentsField,
		...taxRateFields,
	],
});
