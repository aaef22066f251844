import { getOperation } from '../../operations/getOperation';
import { paymentKind } from '../../kinds/paymentKind';

export const { description, request, execute } = getOperation(paymentKind);
