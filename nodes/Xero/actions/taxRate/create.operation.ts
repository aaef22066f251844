import { createOperation } from '../common/createOperation';
import { taxComponentsField, taxRateFields, taxRateNameField } from './taxRateFields';
import { taxRateKind } from './taxRateKind';

export const { description, request, execute } = createOperation(taxRateKind, {
	own: [taxRateNameField, taxComponentsField],
	more: taxRateFields,
});
