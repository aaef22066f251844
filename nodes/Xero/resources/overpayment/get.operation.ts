import { getOperation } from '../../operations/getOperation';
import { overpaymentKind } from '../../kinds/overpaymentKind';

export const { description, request, execute } = getOperation(overpaymentKind);
