import { getOperation } from '../common/getOperation';
import { batchPaymentKind } from './batchPaymentKind';

export const { description, request, execute } = getOperation(batchPaymentKind);
