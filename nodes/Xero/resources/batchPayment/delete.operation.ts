import { batchPaymentKind } from '../../kinds/batchPaymentKind';
import { deleteAloneOperation } from '../../operations/deleteAloneOperation';

/** With all its payments, which cannot be deleted alone. */
export const { description, request, execute } = deleteAloneOperation(batchPaymentKind);
