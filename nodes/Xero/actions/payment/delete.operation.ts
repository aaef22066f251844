import { statusOperation } from '../common/statusOperation';
import { paymentKind } from './paymentKind';

const oneInARequest = {
	...paymentKind,
	collection: { ...paymentKind.collection, writes: 'bare' },
} as const;

/** Payments are never changed, only deleted: one in a request, at its own address. */
export const { description, request, execute } = statusOperation(oneInARequest, {
	operation: 'delete',
	verb: 'to delete',
	change: { Status: 'DELETED' },
	deletes: true,
});
