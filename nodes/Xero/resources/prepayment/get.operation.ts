import { prepaymentKind } from '../../kinds/prepaymentKind';
import { getOperation } from '../../operations/getOperation';

export const { description, request, execute } = getOperation(prepaymentKind);
