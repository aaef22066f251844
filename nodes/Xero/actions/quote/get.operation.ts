import { getOperation } from '../common/getOperation';
import { quoteKind } from './quoteKind';

export const { description, request, execute } = getOperation(quoteKind);
