import { deleteAloneOperation } from '../common/deleteAloneOperation';
import { batchPaymentKind } from './batchPaymentKind';

/** With all its payments, which cannot be deleted alone. */
export const { description, request, execute } = deleteAloneOperation(batchPaymentKind);
