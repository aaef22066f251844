import { paymentKind } from '../../kinds/paymentKind';
import { deleteAloneOperation } from '../../operations/deleteAloneOperation';

/** Payments are never changed, only deleted. */
export const { description, request, execute } = deleteAloneOperation(paymentKind);
