import { linkedTransactionKind } from '../../kinds/linkedTransactionKind';
import { updateOperation } from '../../operations/updateOperation';
import { linkedTransactionFields } from './linkedTransactionFields';

export const { description, request, execute } = updateOperation(linkedTransactionKind, {
	fields: linkedTransactionFields,
});
