import type { IDataObject } from 'n8n-workflow';

import type { Ledger } from './ledgerOfSandbox';
import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';
import { oneInvoice } from './preparedCredits';

const byId = { batchPayment: picked('={{ $json.id }}') };
const itsId = { item: ({ BatchPaymentID }: IDataObject) => ({ id: BatchPaymentID }) };
const noId = { item: { id: 'Run 7' }, message: '"Run 7"' };
const noBatch = { item: { id: UNKNOWN_ID }, message: UNKNOWN_ID };

/** A batch of one payment over 50. */
async function oneBatch(ledger: Ledger): Promise<IDataObject> {
	const { InvoiceID } = await oneInvoice(ledger);
	const batch = await ledger.put('BatchPayments', {
		BatchPayments: [
			{
				Account: { Code: '090' },
				Date: '2026-11-05',
				Reference: ledger.unique('RUN'),
				Payments: [{ Invoice: { InvoiceID }, Amount: 50 }],
			},
		],
	});
	return { ...batch, InvoiceID };
}

export const cases: ResourceCases = {
	addNote: {
		parameters: { ...byId, note: '={{ $json.note ?? "Sent to the bank" }}' },
		prepare: oneBatch,
		success: { ...itsId, output: { Details: 'Sent to the bank' } },
		validationError: {
			item: ({ BatchPaymentID }) => ({ id: BatchPaymentID, note: '' }),
			message: 'Note is not set',
		},
		notFound: { item: { id: UNKNOWN_ID }, message: /no record|not found/ },
	},
	create: {
		parameters: {
			account: picked('090', 'code'),
			payments: {
				payment: [
					{ invoice: picked('={{ $json.first }}'), amount: '30.50', reference: 'One' },
					{ invoice: picked('={{ $json.second }}', 'number'), amount: '={{ $json.amount }}' },
				],
			},
			date: '2026-11-05',
			additionalFields: { reference: 'Run 7' },
		},
		prepare: async (ledger) => ({
			first: (await oneInvoice(ledger))['InvoiceID'],
			second: (await oneInvoice(ledger))['InvoiceNumber'],
		}),
		success: {
			item: ({ first, second }) => ({ first, second, amount: '69.50' }),
			output: ({ first, second }) => ({
				Type: 'RECBATCH',
				Date: '2026-11-05',
				Reference: 'Run 7',
				TotalAmount: 100,
				Payments: [
					{ Amount: 30.5, Reference: 'One', Invoice: { InvoiceID: first } },
					{ Amount: 69.5, Invoice: { InvoiceNumber: second } },
				],
			}),
		},
		validationError: {
			item: ({ first, second }) => ({ first, second, amount: '231' }),
			message: 'Payment amount exceeds the amount outstanding on this document',
		},
		notFound: {
			item: ({ second }) => ({ first: UNKNOWN_ID, second, amount: '1' }),
			message: 'Document could not be found',
		},
	},
	delete: {
		parameters: byId,
		prepare: async (ledger) => {
			const gone = await oneBatch(ledger);
			await ledger.post(`BatchPayments/${String(gone['BatchPaymentID'])}`, { Status: 'DELETED' });
			return { ...(await oneBatch(ledger)), gone: gone['BatchPaymentID'] };
		},
		success: {
			...itsId,
			output: ({ BatchPaymentID }) => ({ deleted: true, BatchPaymentID }),
			async then({ ledger, prepared }) {
				expect(await ledger.get(`Invoices/${String(prepared['InvoiceID'])}`)).toMatchObject([
					{ AmountDue: 230 },
				]);
			},
		},
		validationError: {
			item: ({ gone }) => ({ id: gone }),
			message: 'Batch Payment not of valid status for modification',
		},
		notFound: { item: { id: UNKNOWN_ID }, message: /no record|not found/ },
	},
	get: {
		parameters: byId,
		prepare: oneBatch,
		success: {
			...itsId,
			output: ({ BatchPaymentID, InvoiceID }) => ({
				BatchPaymentID,
				Date: '2026-11-05',
				TotalAmount: 50,
				Payments: [{ Invoice: { InvoiceID } }],
			}),
		},
		validationError: noId,
		notFound: noBatch,
	},
	getAll: {
		parameters: {
			filters: {
				reference: '={{ $json.reference }}',
				totalAmountTo: '={{ $json.most }}',
				type: 'RECBATCH',
				statuses: ['AUTHORISED'],
			},
		},
		prepare: oneBatch,
		success: {
			item: ({ Reference }) => ({ reference: Reference, most: '50' }),
			output: ({ BatchPaymentID }) => ({ BatchPaymentID, TotalAmount: 50, PaymentCount: 1 }),
			then({ items }) {
				expect(items).toHaveLength(1);
			},
		},
		validationError: {
			item: { reference: '', most: 'little' },
			message: 'Total Amount To is not a number: "little"',
		},
		notFound: { notApplicable: 'a list without matches is empty' },
	},
	getHistory: {
		parameters: byId,
		prepare: oneBatch,
		success: { ...itsId, output: { Changes: expect.any(String) } },
		validationError: noId,
		notFound: { item: { id: UNKNOWN_ID }, message: /no record|not found/ },
	},
};
