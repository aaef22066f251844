import type { Books } from '../../world/Books';
import type { Payment } from '../../world/Payment';

/** The payments of a batch that stand. */
export function paymentsOfBatch(books: Books, batchPaymentId: string): readonly Payment[] {
	return books.payments
		.group('batch', batchPaymentId)
		.filter(({ status }) => status === 'AUTHORISED');
}
