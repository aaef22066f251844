import type { FilterField } from '../../filters/Filter';
import { asSwitch } from '../../filters/filterEffects';
import {
	amountRangeFilters,
	commonFilters,
	dayRangeFilters,
	textFilter,
	whereFilter,
} from '../../filters/filters';
import { bankTransferKind } from '../../kinds/bankTransferKind';
import { listOperation } from '../../operations/listOperation';

const includeDeleted: FilterField = {
	property: {
		displayName: 'Include Deleted',
		name: 'includeDeleted',
		type: 'boolean',
		default: false,
		description: 'Whether to return deleted transfers too',
	},
	apply: asSwitch('includeDeleted'),
};

export const { description, request, execute } = listOperation(bankTransferKind, {
	filters: [
		...amountRangeFilters('Amount', 'amount', 'Amount'),
		...dayRangeFilters('Date', 'date', 'Date'),
		includeDeleted,
		textFilter('Reference', 'reference', 'Reference'),
		commonFilters.updatedSince,
		whereFilter('Amount>1000'),
	],
	sortFields: [
		{ name: 'Bank Transfer ID', value: 'BankTransferID' },
		{ name: 'Created', value: 'CreatedDateUTC' },
		{ name: 'Date', value: 'Date' },
	],
});
