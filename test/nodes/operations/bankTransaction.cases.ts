import type { IDataObject } from 'n8n-workflow';

import { historyCases } from './historyCases';
import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';
import type { Ledger } from './ledgerOfSandbox';

const oneTransaction = async (ledger: Ledger, changes: IDataObject = {}) =>
	await ledger.put('BankTransactions', {
		BankTransactions: [
			{
				Type: 'SPEND',
				Contact: { Name: 'Office Supplies Ltd' },
				BankAccount: { Code: '090' },
				Date: '2026-11-01',
				Reference: ledger.unique('CARD'),
				LineItems: [{ Description: 'Paper', Quantity: 2, UnitAmount: 10, AccountCode: '453' }],
				...changes,
			},
		],
	});

const named = { bankTransaction: picked('={{ $json.id }}') };
const malformed = { item: { id: '42' }, message: '"42"' };
const reconciled =
	'This Bank Transaction cannot be edited as it has been reconciled with a Bank Statement.';

export const cases: ResourceCases = {
	create: {
		parameters: {
			type: 'SPEND',
			contact: picked('={{ $json.contact }}'),
			bankAccount: picked('={{ $json.bank }}'),
			lineItems: {
				line: [
					{
						description: 'Bank fee',
						quantity: '3',
						unitAmount: '0.125',
						accountCode: picked('404'),
					},
				],
			},
			additionalFields: { date: '2026-11-02', reference: 'FEE-11' },
		},
		prepare: async (ledger) =>
			await ledger.put('Contacts', { Contacts: [{ Name: ledger.unique('Bank') }] }),
		success: {
			item: ({ ContactID }) => ({ contact: ContactID, bank: '090' }),
			output: ({ ContactID }) => ({
				Type: 'SPEND',
				Date: '2026-11-02',
				Reference: 'FEE-11',
				Contact: { ContactID },
				BankAccount: { Code: '090' },
				LineItems: [{ UnitAmount: 0.125, LineAmount: 0.38 }],
			}),
		},
		validationError: {
			item: ({ ContactID }) => ({ contact: ContactID, bank: '200' }),
			message: 'A valid bank account must be specified',
		},
		notFound: { item: { contact: UNKNOWN_ID, bank: '090' }, message: /no record/ },
	},
	get: {
		parameters: named,
		prepare: oneTransaction,
		success: {
			item: ({ BankTransactionID }) => ({ id: BankTransactionID }),
			output: ({ BankTransactionID }) => ({ BankTransactionID, Total: 23, LineItems: [{}] }),
		},
		validationError: malformed,
		notFound: { item: { id: UNKNOWN_ID }, message: UNKNOWN_ID },
	},
	getAll: {
		parameters: {
			filters: {
				bankAccount: picked('090'),
				reference: '={{ $json.reference }}',
				dateFrom: '={{ $json.from }}',
				isReconciled: false,
				totalTo: '23',
			},
		},
		prepare: oneTransaction,
		success: {
			item: ({ Reference }) => ({ reference: Reference, from: '2026-11-01' }),
			output: ({ BankTransactionID }) => ({
				BankTransactionID,
				ContactName: 'Office Supplies Ltd',
				BankAccountName: 'Business Bank Account',
			}),
		},
		validationError: {
			item: { reference: '', from: 'yesterday' },
			message: 'Date From is not a date: "yesterday"',
		},
		notFound: { notApplicable: 'a list without matches is empty' },
	},
	update: {
		parameters: { ...named, updateFields: { reference: '={{ $json.reference }}' } },
		prepare: async (ledger) => ({
			...(await oneTransaction(ledger)),
			matched: (await oneTransaction(ledger, { IsReconciled: true }))['BankTransactionID'],
		}),
		success: {
			item: ({ BankTransactionID }) => ({ id: BankTransactionID, reference: 'Renamed' }),
			output: ({ BankTransactionID }) => ({
				BankTransactionID,
				Reference: 'Renamed',
				LineItems: [{ Description: 'Paper' }],
			}),
		},
		validationError: {
			item: ({ matched }) => ({ id: matched, reference: 'Renamed' }),
			message: reconciled,
		},
		notFound: { item: { id: UNKNOWN_ID, reference: 'x' }, message: UNKNOWN_ID },
	},
	delete: {
		parameters: named,
		prepare: async (ledger) => ({
			...(await oneTransaction(ledger)),
			matched: (await oneTransaction(ledger, { IsReconciled: true }))['BankTransactionID'],
		}),
		success: {
			item: ({ BankTransactionID }) => ({ id: BankTransactionID }),
			output: ({ BankTransactionID }) => ({ deleted: true, BankTransactionID }),
			then: async ({ prepared, ledger }) => {
				const id = String(prepared['BankTransactionID']);
				expect((await ledger.get(`BankTransactions/${id}`))[0]?.['Status']).toBe('DELETED');
			},
		},
		validationError: { item: ({ matched }) => ({ id: matched }), message: reconciled },
		notFound: { item: { id: UNKNOWN_ID }, message: UNKNOWN_ID },
	},
	...historyCases('bankTransaction', 'BankTransactionID', oneTransaction),
};
