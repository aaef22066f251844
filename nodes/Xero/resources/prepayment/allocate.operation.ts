import { allocateOperation } from '../../operations/allocateOperation';
import { prepaymentKind } from '../../kinds/prepaymentKind';

export const { description, request, execute } = allocateOperation(prepaymentKind);
