import { getOperation } from '../../operations/getOperation';
import { quoteKind } from '../../kinds/quoteKind';

export const { description, request, execute } = getOperation(quoteKind);
