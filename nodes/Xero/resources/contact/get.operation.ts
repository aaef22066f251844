import { contactKind } from '../../kinds/contactKind';
import { getOperation } from '../../operations/getOperation';

export const { description, request, execute } = getOperation(contactKind);
