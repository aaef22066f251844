import { listOperation } from '../common/listOperation';
import type { RecordKind } from '../common/RecordKind';
import { choiceFilter, statusesFilter, type FilterField } from '../fields/filters';
import type { OperationModule } from '../shared/OperationModule';
import { creditFilters, creditSortFields } from './creditFilters';

/**
 * *Get Many* of prepayments or overpayments.
 *
 * @param byName the filter that only this kind has
 */
export function listBankCredits(kind: RecordKind, byName: FilterField): OperationModule {
	const suffix = kind.resource.toUpperCase();
	return listOperation(kind, {
		filters: [
			byName,
			statusesFilter([
				{ name: 'Authorised', value: 'AUTHORISED' },
				{ name: 'Paid', value: 'PAID', description: 'Wholly allocated or refunded' },
				{ name: 'Voided', value: 'VOIDED' },
			]),
			choiceFilter('Type', 'type', 'Type', [
				{ name: 'Received', value: `RECEIVE-${suffix}`, description: 'From a customer' },
				{ name: 'Spent', value: `SPEND-${suffix}`, description: 'To a supplier' },
			]),
			...creditFilters,
		],
		sortFields: creditSortFields,
	});
}
