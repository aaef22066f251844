import { statusOperation } from '../common/statusOperation';
import { bankTransferKind } from './bankTransferKind';

/** A deletion goes to Xero as a bare object. */
const taken = {
	...bankTransferKind,
	collection: { ...bankTransferKind.collection, writes: 'bare' as const },
};

export const { description, request, execute } = statusOperation(taken, {
	operation: 'delete',
	verb: 'to delete',
	change: { Status: 'DELETED' },
	deletes: true,
});
