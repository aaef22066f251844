import { prepaymentKind } from '../../kinds/prepaymentKind';
import { deleteAllocationOperation } from '../../operations/deleteAllocationOperation';

export const { description, request, execute } = deleteAllocationOperation(prepaymentKind);
