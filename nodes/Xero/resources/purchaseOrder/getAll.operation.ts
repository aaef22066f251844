import { asQuery } from '../../filters/filterEffects';
import { commonFilters, dayRangeQueries } from '../../filters/filters';
import { purchaseOrderKind } from '../../kinds/purchaseOrderKind';
import { listOperation } from '../../operations/listOperation';

/** Xero's list of purchase orders has parameters of its own and no `where`. */
export const { description, request, execute } = listOperation(purchaseOrderKind, {
	filters: [
		...dayRangeQueries('Date', 'date', 'Date'),
		{
			property: {
				displayName: 'Status',
				name: 'status',
				type: 'options',
				options: [
					{ name: 'Authorised', value: 'AUTHORISED' },
					{ name: 'Billed', value: 'BILLED' },
					{ name: 'Deleted', value: 'DELETED' },
					{ name: 'Draft', value: 'DRAFT' },
					{ name: 'Submitted', value: 'SUBMITTED' },
				],
				default: 'AUTHORISED',
				description: 'Only orders with this status',
			},
			apply: asQuery('Status'),
		},
		commonFilters.updatedSince,
	],
	sortFields: [
		{ name: 'Date', value: 'Date' },
		{ name: 'Purchase Order Number', value: 'PurchaseOrderNumber' },
		{ name: 'Updated', value: 'UpdatedDateUTC' },
	],
});
