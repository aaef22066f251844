import { statusOperation } from '../common/statusOperation';
import { batchPaymentKind } from './batchPaymentKind';

const oneInARequest = {
	...batchPaymentKind,
	collection: { ...batchPaymentKind.collection, writes: 'bare' },
} as const;

/** With all its payments, which cannot be deleted alone. */
export const { description, request, execute } = statusOperation(oneInARequest, {
	operation: 'delete',
	verb: 'to delete',
	change: { Status: 'DELETED' },
	deletes: true,
});
