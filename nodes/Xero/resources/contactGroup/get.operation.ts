import { contactGroupKind } from '../../kinds/contactGroupKind';
import { getOperation } from '../../operations/getOperation';

export const { description, request, execute } = getOperation(contactGroupKind);
