import { getOperation } from '../../operations/getOperation';
import { contactGroupKind } from '../../kinds/contactGroupKind';

export const { description, request, execute } = getOperation(contactGroupKind);
