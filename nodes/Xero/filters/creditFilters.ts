import type { FilterField } from './Filter';
import {
	amountRangeFilters,
	commonFilters,
	contactFilter,
	dayRangeFilters,
	whereFilter,
} from './filters';

/** Filters that lists of credit notes, prepayments and overpayments have alike. */
export const creditFilters: readonly FilterField[] = [
	contactFilter,
	...dayRangeFilters('Date', 'date', 'Date'),
	...amountRangeFilters('Remaining Credit', 'remainingCredit', 'RemainingCredit'),
	...amountRangeFilters('Total', 'total', 'Total'),
	commonFilters.updatedSince,
	whereFilter('RemainingCredit>0 AND Reference!=null'),
];

export const creditSortFields = [
	{ name: 'Date', value: 'Date' },
	{ name: 'Total', value: 'Total' },
	{ name: 'Updated', value: 'UpdatedDateUTC' },
];
