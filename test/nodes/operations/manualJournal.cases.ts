import type { IDataObject } from 'n8n-workflow';

import { historyCases } from './historyCases';
import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';
import type { Ledger } from './ledgerOfSandbox';

const oneJournal = async (ledger: Ledger, changes: IDataObject = {}) =>
	await ledger.put('ManualJournals', {
		ManualJournals: [
			{
				Narration: ledger.unique('Accrual'),
				Date: '2026-11-01',
				Status: 'POSTED',
				JournalLines: [
					{ LineAmount: 100, AccountCode: '453' },
					{ LineAmount: -100, AccountCode: '880' },
				],
				...changes,
			},
		],
	});

const named = { manualJournal: picked('={{ $json.id }}') };

export const cases: ResourceCases = {
	create: {
		parameters: {
			narration: 'Accrued rent',
			lineItems: {
				line: [
					{ lineAmount: '100.10', accountCode: picked('469'), description: 'Rent' },
					{ lineAmount: '={{ $json.credit }}', accountCode: picked('={{ $json.account }}') },
				],
			},
			additionalFields: { date: '2026-11-30', status: 'POSTED' },
		},
		success: {
			item: { credit: '-100.1', account: '880' },
			output: {
				Narration: 'Accrued rent',
				Date: '2026-11-30',
				Status: 'POSTED',
				JournalLines: [{ LineAmount: 100.1, Description: 'Rent' }, { LineAmount: -100.1 }],
			},
		},
		validationError: {
			item: { credit: '-10', account: '880' },
			message: 'The total debits (100.10) must equal total credits (-10.00)',
		},
		notFound: {
			item: { credit: '-100.1', account: '476' },
			message: "Account code '476' is not a valid code for this document.",
		},
	},
	get: {
		parameters: named,
		prepare: oneJournal,
		success: {
			item: ({ ManualJournalID }) => ({ id: ManualJournalID }),
			output: ({ ManualJournalID }) => ({ ManualJournalID, JournalLines: [{}, {}] }),
		},
		validationError: { item: { id: '42' }, message: '"42"' },
		notFound: { item: { id: UNKNOWN_ID }, message: UNKNOWN_ID },
	},
	getAll: {
		parameters: {
			filters: {
				statuses: ['POSTED'],
				narration: '={{ $json.narration }}',
				dateTo: '={{ $json.to }}',
			},
		},
		prepare: oneJournal,
		success: {
			item: ({ Narration }) => ({ narration: Narration, to: '2026-11-01' }),
			output: ({ ManualJournalID }) => ({ ManualJournalID, Status: 'POSTED' }),
		},
		validationError: {
			item: { narration: '', to: 'tomorrow' },
			message: 'Date To is not a date: "tomorrow"',
		},
		notFound: { notApplicable: 'a list without matches is empty' },
	},
	update: {
		parameters: {
			...named,
			updateFields: { narration: 'Renamed', status: '={{ $json.status }}' },
		},
		prepare: oneJournal,
		success: {
			item: ({ ManualJournalID }) => ({ id: ManualJournalID, status: 'POSTED' }),
			output: ({ ManualJournalID }) => ({
				ManualJournalID,
				Narration: 'Renamed',
				JournalLines: [{ LineAmount: 100 }, { LineAmount: -100 }],
			}),
		},
		validationError: {
			item: ({ ManualJournalID }) => ({ id: ManualJournalID, status: 'DRAFT' }),
			message: 'Manual journal not of valid status for modification',
		},
		notFound: { item: { id: UNKNOWN_ID, status: 'POSTED' }, message: UNKNOWN_ID },
	},
	voidOrDelete: {
		parameters: named,
		prepare: async (ledger) => {
			const { ManualJournalID: voided } = await oneJournal(ledger);
			await ledger.post('ManualJournals', {
				ManualJournals: [{ ManualJournalID: voided, Status: 'VOIDED' }],
			});
			return { ...(await oneJournal(ledger)), voided };
		},
		success: {
			item: ({ ManualJournalID }) => ({ id: ManualJournalID }),
			output: ({ ManualJournalID }) => ({ ManualJournalID, Status: 'VOIDED' }),
		},
		validationError: {
			item: ({ voided }) => ({ id: voided }),
			message: 'is VOIDED and cannot be voided or deleted',
		},
		notFound: { item: { id: UNKNOWN_ID }, message: UNKNOWN_ID },
	},
	...historyCases('manualJournal', 'ManualJournalID', oneJournal),
};
