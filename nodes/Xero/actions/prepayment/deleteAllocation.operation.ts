import { deleteAllocationOperation } from '../credit/deleteAllocationOperation';
import { prepaymentKind } from './prepaymentKind';

export const { description, request, execute } = deleteAllocationOperation(prepaymentKind);
