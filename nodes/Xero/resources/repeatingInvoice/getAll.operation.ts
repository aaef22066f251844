import {
	amountRangeFilters,
	choiceFilter,
	contactFilter,
	statusesFilter,
	textFilter,
	whereFilter,
} from '../../filters/filters';
import { repeatingInvoiceKind } from '../../kinds/repeatingInvoiceKind';
import { listOperation } from '../../operations/listOperation';

export const { description, request, execute } = listOperation(repeatingInvoiceKind, {
	filters: [
		contactFilter,
		textFilter('Reference', 'reference', 'Reference'),
		statusesFilter([
			{ name: 'Authorised', value: 'AUTHORISED' },
			{ name: 'Deleted', value: 'DELETED' },
			{ name: 'Draft', value: 'DRAFT' },
		]),
		...amountRangeFilters('Total', 'total', 'Total'),
		choiceFilter('Type', 'type', 'Type', [
			{ name: 'Bill', value: 'ACCPAY' },
			{ name: 'Sales Invoice', value: 'ACCREC' },
		]),
		whereFilter('Total>1000'),
	],
	sortFields: [
		{ name: 'Reference', value: 'Reference' },
		{ name: 'Total', value: 'Total' },
	],
});
