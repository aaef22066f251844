import type { IDataObject } from 'n8n-workflow';

import { recordLocator } from '../fields/recordLocator';
import type { RecordKind } from './RecordKind';

export const paymentKind: RecordKind = {
	collection: {
		name: 'Payments',
		path: 'api.xro/2.0/Payments',
		idField: 'PaymentID',
		label: 'payment',
		scope: 'accounting.payments',
		query: {},
		traits: {
			members: [
				'Invoice',
				'CreditNote',
				'Prepayment',
				'Overpayment',
				'Account',
				'Date',
				'Amount',
				'Reference',
			],
		},
		changes: { note: 'Deleted ones come too: see Status.' },
	},
	codes: { isPayment: true },
	locator: recordLocator({
		displayName: 'Payment',
		name: 'payment',
		searchListMethod: 'searchPayments',
		noun: 'a payment',
		exampleUrl:
			'https://go.xero.com/Bank/ViewTransaction.aspx?bankTransactionID=99ea7f6b-c513-4066-bc27-b7c65dcd76c2',
		required: true,
	}),
	simplify: simplifyPayment,
};

/** The ten fields that say what was paid, for what and out of which account. */
function simplifyPayment(payment: IDataObject): IDataObject {
	const document = payment.Invoice as IDataObject | undefined;
	const account = payment.Account as IDataObject | undefined;
	return {
		DocumentNumber: document?.InvoiceNumber,
		ContactName: (document?.Contact as IDataObject | undefined)?.Name,
		Amount: payment.Amount,
		Status: payment.Status,
		PaymentType: payment.PaymentType,
		Date: payment.Date,
		Reference: payment.Reference,
		AccountCode: account?.Code,
		PaymentID: payment.PaymentID,
		DocumentID: document?.InvoiceID,
	};
}
