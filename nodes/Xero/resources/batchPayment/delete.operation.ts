import { deleteAloneOperation } from '../../operations/deleteAloneOperation';
import { batchPaymentKind } from '../../kinds/batchPaymentKind';

/** With all its payments, which cannot be deleted alone. */
export const { description, request, execute } = deleteAloneOperation(batchPaymentKind);
