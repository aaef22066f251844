import { paymentKind } from '../../kinds/paymentKind';
import { getOperation } from '../../operations/getOperation';

export const { description, request, execute } = getOperation(paymentKind);
