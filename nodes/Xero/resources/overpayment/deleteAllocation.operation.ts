import { overpaymentKind } from '../../kinds/overpaymentKind';
import { deleteAllocationOperation } from '../../operations/deleteAllocationOperation';

export const { description, request, execute } = deleteAllocationOperation(overpaymentKind);
