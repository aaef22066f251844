import { allocateOperation } from '../../operations/allocateOperation';
import { overpaymentKind } from '../../kinds/overpaymentKind';

export const { description, request, execute } = allocateOperation(overpaymentKind);
