import { deleteAllocationOperation } from '../../operations/deleteAllocationOperation';
import { prepaymentKind } from '../../kinds/prepaymentKind';

export const { description, request, execute } = deleteAllocationOperation(prepaymentKind);
