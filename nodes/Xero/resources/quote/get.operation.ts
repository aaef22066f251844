import { quoteKind } from '../../kinds/quoteKind';
import { getOperation } from '../../operations/getOperation';

export const { description, request, execute } = getOperation(quoteKind);
