import { listOperation } from '../common/listOperation';
import { commonFilters } from '../fields/filters';
import { asDayQuery, asQuery } from '../shared/readListQuery';
import { purchaseOrderKind } from './purchaseOrderKind';

/** Xero's list of purchase orders has parameters of its own and no `where`. */
export const { description, request, execute } = listOperation(purchaseOrderKind, {
	filters: [
		{
			property: { displayName: 'Date From', name: 'dateFrom', type: 'dateTime', default: '' },
			apply: asDayQuery('DateFrom', 'Date From'),
		},
		{
			property: { displayName: 'Date To', name: 'dateTo', type: 'dateTime', default: '' },
			apply: asDayQuery('DateTo', 'Date To'),
		},
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
