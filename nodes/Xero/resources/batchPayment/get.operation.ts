import { getOperation } from '../../operations/getOperation';
import { batchPaymentKind } from '../../kinds/batchPaymentKind';

export const { description, request, execute } = getOperation(batchPaymentKind);
