import type { IDataObject } from 'n8n-workflow';

import { historyCases } from './historyCases';
import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';
import type { Ledger } from './ledgerOfSandbox';

const oneTransfer = async (ledger: Ledger, changes: IDataObject = {}) =>
	await ledger.put('BankTransfers', {
		BankTransfers: [
			{
				FromBankAccount: { Code: '090' },
				ToBankAccount: { Code: '091' },
				Amount: 50,
				Date: '2026-11-01',
				Reference: ledger.unique('SAVE'),
				...changes,
			},
		],
	});

const named = { bankTransfer: picked('={{ $json.id }}') };

export const cases: ResourceCases = {
	create: {
		parameters: {
			fromBankAccount: picked('090'),
			toBankAccount: picked('={{ $json.to }}'),
			amount: '250.50',
			additionalFields: { date: '2026-11-02', reference: 'Savings' },
		},
		success: {
			item: { to: '091' },
			output: {
				Amount: 250.5,
				Date: '2026-11-02',
				Reference: 'Savings',
				FromBankAccount: { Code: '090' },
				ToBankAccount: { Code: '091' },
			},
		},
		validationError: { item: { to: '090' }, message: /must be different/ },
		notFound: {
			item: { to: UNKNOWN_ID },
			message: 'A valid ToBankAccount must be specified',
		},
	},
	get: {
		parameters: named,
		prepare: oneTransfer,
		success: {
			item: ({ BankTransferID }) => ({ id: BankTransferID }),
			output: ({ BankTransferID }) => ({ BankTransferID, Amount: 50 }),
		},
		validationError: { item: { id: '42' }, message: '"42"' },
		notFound: { item: { id: UNKNOWN_ID }, message: UNKNOWN_ID },
	},
	getAll: {
		parameters: {
			filters: { reference: '={{ $json.reference }}', amountFrom: '={{ $json.least }}' },
		},
		prepare: oneTransfer,
		success: {
			item: ({ Reference }) => ({ reference: Reference, least: '50' }),
			output: ({ BankTransferID }) => ({
				BankTransferID,
				FromBankAccountName: 'Business Bank Account',
			}),
		},
		validationError: {
			item: { reference: '', least: 'much' },
			message: 'Amount From is not a number: "much"',
		},
		notFound: { notApplicable: 'a list without matches is empty' },
	},
	delete: {
		parameters: named,
		prepare: async (ledger) => ({
			...(await oneTransfer(ledger)),
			matched: (await oneTransfer(ledger, { ToIsReconciled: true }))['BankTransferID'],
		}),
		success: {
			item: ({ BankTransferID }) => ({ id: BankTransferID }),
			output: ({ BankTransferID }) => ({ deleted: true, BankTransferID }),
			then: async ({ prepared, ledger }) => {
				const id = String(prepared['BankTransferID']);
				expect((await ledger.get(`BankTransfers/${id}`))[0]?.['Status']).toBe('DELETED');
			},
		},
		validationError: {
			item: ({ matched }) => ({ id: matched }),
			message: 'The bank transfer cannot be deleted as it has been reconciled',
		},
		notFound: { item: { id: UNKNOWN_ID }, message: /no record/ },
	},
	...historyCases('bankTransfer', 'BankTransferID', oneTransfer),
};
