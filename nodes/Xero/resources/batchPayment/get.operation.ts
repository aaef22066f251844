import { batchPaymentKind } from '../../kinds/batchPaymentKind';
import { getOperation } from '../../operations/getOperation';

export const { description, request, execute } = getOperation(batchPaymentKind);
