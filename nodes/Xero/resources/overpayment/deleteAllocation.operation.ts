import { deleteAllocationOperation } from '../../operations/deleteAllocationOperation';
import { overpaymentKind } from '../../kinds/overpaymentKind';

export const { description, request, execute } = deleteAllocationOperation(overpaymentKind);
