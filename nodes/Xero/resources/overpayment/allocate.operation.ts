import { overpaymentKind } from '../../kinds/overpaymentKind';
import { allocateOperation } from '../../operations/allocateOperation';

export const { description, request, execute } = allocateOperation(overpaymentKind);
