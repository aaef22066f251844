import { getOperation } from '../../operations/getOperation';
import { prepaymentKind } from '../../kinds/prepaymentKind';

export const { description, request, execute } = getOperation(prepaymentKind);
