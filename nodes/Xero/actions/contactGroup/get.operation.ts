import { getOperation } from '../common/getOperation';
import { contactGroupKind } from './contactGroupKind';

export const { description, request, execute } = getOperation(contactGroupKind);
