import { deleteAloneOperation } from '../../operations/deleteAloneOperation';
import { paymentKind } from '../../kinds/paymentKind';

/** Payments are never changed, only deleted. */
export const { description, request, execute } = deleteAloneOperation(paymentKind);
