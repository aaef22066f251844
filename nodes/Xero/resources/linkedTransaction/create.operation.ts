import { linkedTransactionKind } from '../../kinds/linkedTransactionKind';
import { createOperation } from '../../operations/createOperation';
import { requiredSourceFields, targetFields } from './linkedTransactionFields';

export const { description, request, execute } = createOperation(linkedTransactionKind, {
	own: requiredSourceFields,
	more: targetFields,
});
