import { getOperation } from '../../operations/getOperation';
import { contactKind } from '../../kinds/contactKind';

export const { description, request, execute } = getOperation(contactKind);
