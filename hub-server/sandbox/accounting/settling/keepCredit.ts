import type { ApiCall } from '../../resource/ApiResource';
import { utcString } from '../../resource/xeroDate';
import type { Credit } from '../../world/Credit';
import { remainingCreditOf } from '../amounts/creditAmounts';
import { settledStatus } from '../amounts/settledStatus';
import { creditKinds } from './creditKinds';

/**
 * Keeps a new or changed credit, PAID when nothing of it remains, and raises its event. Called again
 * after every allocation and refund.
 */
export function keepCredit(call: ApiCall, credit: Credit, change: 'CREATE' | 'UPDATE'): Credit {
	const { category, collection, table } = creditKinds[credit.kind];
	const kept: Credit = {
		...credit,
		status: settledStatus(credit.status, remainingCreditOf(call.books, credit)),
		updatedMs: call.nowMs,
	};
	call.transaction.put(table(call.books), kept, {
		category,
		type: change,
		resource: collection,
		resourceId: kept.id,
		data: {
			Type: kept.type,
			Status: kept.status,
			...(kept.kind !== 'CreditNote' && { UpdatedDateUTCString: utcString(kept.updatedMs) }),
		},
	});
	return kept;
}
