import { prepaymentKind } from '../../kinds/prepaymentKind';
import { allocateOperation } from '../../operations/allocateOperation';

export const { description, request, execute } = allocateOperation(prepaymentKind);
