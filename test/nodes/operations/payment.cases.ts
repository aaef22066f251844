import type { IDataObject } from 'n8n-workflow';

import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';
import { oneInvoice, onePayment } from './preparedCredits';

const byId = { payment: picked('={{ $json.id }}') };
const itsId = { item: ({ PaymentID }: IDataObject) => ({ id: PaymentID }) };
const noId = { item: { id: 'Cheque 7' }, message: '"Cheque 7"' };
const noPayment = { item: { id: UNKNOWN_ID }, message: UNKNOWN_ID };

export const cases: ResourceCases = {
	addNote: {
		parameters: { ...byId, note: '={{ $json.note ?? "Bounced" }}' },
		prepare: onePayment,
		success: { ...itsId, output: { Details: 'Bounced' } },
		validationError: {
			item: ({ PaymentID }) => ({ id: PaymentID, note: '' }),
			message: 'Note is not set',
		},
		notFound: { item: { id: UNKNOWN_ID }, message: /no record|not found/ },
	},
	create: {
		parameters: {
			paymentFor: 'invoice',
			invoice: picked('={{ $json.invoice }}'),
			account: picked('090', 'code'),
			amount: '={{ $json.amount }}',
			date: '2026-11-05',
			additionalFields: { reference: 'Cheque 7' },
		},
		prepare: oneInvoice,
		success: {
			item: ({ InvoiceID }) => ({ invoice: InvoiceID, amount: '99.99' }),
			output: ({ InvoiceID }) => ({
				Amount: 99.99,
				Date: '2026-11-05',
				Reference: 'Cheque 7',
				Account: { Code: '090' },
				Invoice: { InvoiceID, AmountDue: 130.01 },
			}),
		},
		validationError: {
			item: ({ InvoiceID }) => ({ invoice: InvoiceID, amount: '230.01' }),
			message: 'Payment amount exceeds the amount outstanding on this document',
		},
		notFound: {
			item: { invoice: UNKNOWN_ID, amount: '1' },
			message: 'Document could not be found',
		},
	},
	delete: {
		parameters: byId,
		prepare: async (ledger) => {
			const gone = await onePayment(ledger);
			await ledger.post(`Payments/${String(gone['PaymentID'])}`, { Status: 'DELETED' });
			return { ...(await onePayment(ledger)), gone: gone['PaymentID'] };
		},
		success: {
			...itsId,
			output: ({ PaymentID }) => ({ deleted: true, PaymentID }),
			async then({ ledger, prepared }) {
				const { InvoiceID } = prepared['Invoice'] as IDataObject;
				expect(await ledger.get(`Invoices/${String(InvoiceID)}`)).toMatchObject([
					{ AmountDue: 230, Payments: [] },
				]);
			},
		},
		validationError: {
			item: ({ gone }) => ({ id: gone }),
			message: 'Payment not of valid status for modification',
		},
		notFound: { item: { id: UNKNOWN_ID }, message: /no record|not found/ },
	},
	get: {
		parameters: { ...byId, options: { simplify: true } },
		prepare: onePayment,
		success: {
			...itsId,
			output: ({ PaymentID, Reference }) => ({
				PaymentID,
				PaymentType: 'ACCRECPAYMENT',
				Date: '2026-11-05',
				Amount: 100,
				Reference,
				AccountCode: '090',
				ContactName: 'Ridgeway University',
			}),
		},
		validationError: noId,
		notFound: noPayment,
	},
	getAll: {
		parameters: {
			filters: {
				reference: '={{ $json.reference }}',
				amountFrom: '={{ $json.least }}',
				dateFrom: '2026-11-05',
				isReconciled: false,
				paymentType: 'ACCRECPAYMENT',
				statuses: ['AUTHORISED'],
			},
		},
		prepare: onePayment,
		success: {
			item: ({ Reference }) => ({ reference: Reference, least: '99.99' }),
			output: ({ PaymentID }) => ({ PaymentID, Amount: 100, AccountCode: '090' }),
			then({ items }) {
				expect(items).toHaveLength(1);
			},
		},
		validationError: {
			item: { reference: '', least: 'much' },
			message: 'Amount From is not a number: "much"',
		},
		notFound: { notApplicable: 'a list without matches is empty' },
	},
	getHistory: {
		parameters: byId,
		prepare: onePayment,
		success: { ...itsId, output: { Changes: expect.any(String) } },
		validationError: noId,
		notFound: { item: { id: UNKNOWN_ID }, message: /no record|not found/ },
	},
};
