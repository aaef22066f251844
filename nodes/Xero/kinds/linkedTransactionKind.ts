import { recordLocator } from '../fields/recordLocator';
import type { RecordKind } from './RecordKind';

/** A billable expense. */
export const linkedTransactionKind: RecordKind = {
	collection: {
		name: 'LinkedTransactions',
		path: 'api.xro/2.0/LinkedTransactions',
		idField: 'LinkedTransactionID',
		label: 'linked transaction',
		scope: 'accounting.invoices',
		query: {},
		paging: 'fixed',
		writes: 'one',
	},
	locator: recordLocator({
		displayName: 'Linked Transaction',
		name: 'linkedTransaction',
		searchListMethod: 'searchLinkedTransactions',
		noun: 'a linked transaction',
		required: true,
	}),
	simplify: (link) => ({
		Status: link.Status,
		SourceTransactionTypeCode: link.SourceTransactionTypeCode,
		UpdatedDateUTC: link.UpdatedDateUTC,
		LinkedTransactionID: link.LinkedTransactionID,
		SourceTransactionID: link.SourceTransactionID,
		SourceLineItemID: link.SourceLineItemID,
		ContactID: link.ContactID,
		TargetTransactionID: link.TargetTransactionID,
		TargetLineItemID: link.TargetLineItemID,
	}),
};
