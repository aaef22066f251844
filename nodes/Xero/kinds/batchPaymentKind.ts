import type { IDataObject } from 'n8n-workflow';

import { recordLocator } from '../fields/recordLocator';
import type { RecordKind } from './RecordKind';

/** Payments that stand as one amount on the bank statement. */
export const batchPaymentKind: RecordKind = {
	collection: {
		name: 'BatchPayments',
		path: 'api.xro/2.0/BatchPayments',
		idField: 'BatchPaymentID',
		label: 'batch payment',
		scope: 'accounting.payments',
		query: {},
		paging: 'none',
		traits: {
			members: ['Date', 'Reference'],
			parts: { name: 'Payments', members: ['Invoice', 'Amount'], figures: [] },
		},
		changes: { note: 'Deleted ones come too: see Status.' },
	},
	codes: { isPayment: true },
	locator: recordLocator({
		displayName: 'Batch Payment',
		name: 'batchPayment',
		searchListMethod: 'searchBatchPayments',
		noun: 'a batch payment',
		exampleUrl:
			'https://go.xero.com/Bank/ViewBatchPayment.aspx?batchPaymentID=d318c343-208e-49fe-b04a-45642349bcf1',
		required: true,
	}),
	simplify: simplifyBatchPayment,
};

/** The fields that say what was paid out of which account, its payments counted. */
function simplifyBatchPayment(batch: IDataObject): IDataObject {
	return {
		Reference: batch.Reference,
		TotalAmount: batch.TotalAmount,
		Status: batch.Status,
		Type: batch.Type,
		Date: batch.Date,
		PaymentCount: Array.isArray(batch.Payments) ? batch.Payments.length : 0,
		IsReconciled: batch.IsReconciled,
		BatchPaymentID: batch.BatchPaymentID,
		AccountID: (batch.Account as IDataObject | undefined)?.AccountID,
	};
}
