import { getOperation } from '../common/getOperation';
import { contactKind } from './contactKind';

export const { description, request, execute } = getOperation(contactKind);
