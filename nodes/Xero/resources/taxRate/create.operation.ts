import { createOperation } from '../../operations/createOperation';
import { taxComponentsField, taxRateFields, taxRateNameField } from './taxRateFields';
import { taxRateKind } from '../../kinds/taxRateKind';

export const { description, request, execute } = createOperation(taxRateKind, {
	own: [taxRateNameField, taxComponentsField],
	more: taxRateFields,
});
