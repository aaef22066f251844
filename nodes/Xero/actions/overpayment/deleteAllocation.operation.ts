import { deleteAllocationOperation } from '../credit/deleteAllocationOperation';
import { overpaymentKind } from './overpaymentKind';

export const { description, request, execute } = deleteAllocationOperation(overpaymentKind);
