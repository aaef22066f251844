import { overpaymentKind } from '../../kinds/overpaymentKind';
import { getOperation } from '../../operations/getOperation';

export const { description, request, execute } = getOperation(overpaymentKind);
