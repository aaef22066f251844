import type { ApiCall } from '../../resource/ApiResource';
import type { Payment } from '../../world/Payment';
import { checkLocks } from '../document/checkLocks';
import { documentOf, settleDocument } from './paidDocument';
import { keepPayment } from './savePayment';

/** Why a payment cannot be deleted by itself. */
export function checkDeletion(call: ApiCall, payment: Payment): readonly string[] {
	const messages: string[] = [];
	if (payment.status === 'DELETED') messages.push('Payment not of valid status for modification');
	const isInBatch = payment.batchPaymentId !== undefined;
	if (isInBatch && !call.context.faults().deletesPaymentsOfBatches) {
		messages.push('This payment is part of a batch payment. Delete the batch payment instead.');
	}
	checkLocks(call, payment, undefined, messages);
	return messages;
}

/** The document owes the amount again, or has it again. */
export function deletePayment(call: ApiCall, payment: Payment): Payment {
	const document = documentOf(call.books, payment);
	const deleted: Payment = { ...payment, status: 'DELETED', updatedMs: call.nowMs };
	keepPayment(call, deleted, 'UPDATE');
	settleDocument(call, document);
	return deleted;
}
