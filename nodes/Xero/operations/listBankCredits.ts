import type { INodePropertyOptions } from 'n8n-workflow';

import { creditFilters, creditSortFields } from '../filters/creditFilters';
import type { FilterField } from '../filters/Filter';
import { choiceFilter, statusesFilter } from '../filters/filters';
import type { RecordKind } from '../kinds/RecordKind';
import { listOperation } from './listOperation';
import type { OperationModule } from './OperationModule';

export interface BankCreditFilters {
	/** The filter that only this kind has. */
	readonly byName: FilterField;
	/** Types besides those of bank transactions. */
	readonly types: readonly INodePropertyOptions[];
}

/** *Get Many* of prepayments or overpayments. */
export function listBankCredits(
	kind: RecordKind,
	{ byName, types }: BankCreditFilters,
): OperationModule {
	const suffix = kind.collection.label.toUpperCase();
	return listOperation(kind, {
		filters: [
			byName,
			statusesFilter([
				{ name: 'Authorised', value: 'AUTHORISED' },
				{ name: 'Paid', value: 'PAID', description: 'Wholly allocated or refunded' },
				{ name: 'Voided', value: 'VOIDED' },
			]),
			choiceFilter('Type', 'type', 'Type', [
				...types,
				{ name: 'Received', value: `RECEIVE-${suffix}`, description: 'From a customer' },
				{ name: 'Spent', value: `SPEND-${suffix}`, description: 'To a supplier' },
			]),
			...creditFilters,
		],
		sortFields: creditSortFields,
	});
}
