import { getOperation } from '../common/getOperation';
import { prepaymentKind } from './prepaymentKind';

export const { description, request, execute } = getOperation(prepaymentKind);
