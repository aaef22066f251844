import {
	amountRangeFilters,
	choiceFilter,
	commonFilters,
	dayRangeFilters,
	statusesFilter,
	textFilter,
	whereFilter,
} from '../../filters/filters';
import { batchPaymentKind } from '../../kinds/batchPaymentKind';
import { listOperation } from '../../operations/listOperation';

export const { description, request, execute } = listOperation(batchPaymentKind, {
	filters: [
		...dayRangeFilters('Date', 'date', 'Date'),
		textFilter('Reference', 'reference', 'Reference'),
		statusesFilter([
			{ name: 'Authorised', value: 'AUTHORISED' },
			{ name: 'Deleted', value: 'DELETED' },
		]),
		...amountRangeFilters('Total Amount', 'totalAmount', 'TotalAmount'),
		choiceFilter('Type', 'type', 'Type', [
			{ name: 'Bills', value: 'PAYBATCH', description: 'Money to suppliers' },
			{ name: 'Sales Invoices', value: 'RECBATCH', description: 'Money from customers' },
		]),
		commonFilters.updatedSince,
		whereFilter('IsReconciled==false'),
	],
	sortFields: [
		{ name: 'Date', value: 'Date' },
		{ name: 'Total Amount', value: 'TotalAmount' },
		{ name: 'Updated', value: 'UpdatedDateUTC' },
	],
});
