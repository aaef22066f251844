import { deleteAloneOperation } from '../common/deleteAloneOperation';
import { paymentKind } from './paymentKind';

/** Payments are never changed, only deleted. */
export const { description, request, execute } = deleteAloneOperation(paymentKind);
