import { taxRateKind } from '../../kinds/taxRateKind';
import { createOperation } from '../../operations/createOperation';
import { taxComponentsField, taxRateFields, taxRateNameField } from './taxRateFields';

export const { description, request, execute } = createOperation(taxRateKind, {
	own: [taxRateNameField, taxComponentsField],
	more: taxRateFields,
});
