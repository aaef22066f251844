import type { IDataObject } from 'n8n-workflow';

import { creditCases } from './creditCases';
import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';
import { oneCreditNote } from './preparedCredits';

const byId = { creditNote: picked('={{ $json.id }}') };
const noCreditNote = { item: { id: UNKNOWN_ID }, message: UNKNOWN_ID };

export const cases: ResourceCases = {
	...creditCases({
		locator: 'creditNote',
		collection: 'CreditNotes',
		idField: 'CreditNoteID',
		label: 'Credit Note',
		prepare: oneCreditNote,
	}),
	create: {
		parameters: {
			type: 'ACCRECCREDIT',
			contact: picked('={{ $json.contact }}'),
			lineItems: {
				line: [
					{
						description: 'Returned desk',
						unitAmount: '33.3333',
						quantity: '3',
						accountCode: picked('={{ $json.account }}'),
					},
				],
			},
			additionalFields: { date: '2026-11-02', status: 'AUTHORISED', reference: 'RMA 7' },
		},
		prepare: oneCreditNote,
		success: {
			item: ({ Contact }) => ({ contact: (Contact as IDataObject)['ContactID'], account: '200' }),
			output: {
				CreditNoteNumber: expect.stringMatching(/^CN-/),
				Status: 'AUTHORISED',
				Date: '2026-11-02',
				Reference: 'RMA 7',
				SubTotal: 100,
				RemainingCredit: 115,
			},
		},
		validationError: {
			item: ({ Contact }) => ({ contact: (Contact as IDataObject)['ContactID'], account: '999' }),
			message: "Account code '999' is not a valid code for this document.",
		},
		notFound: { item: { contact: UNKNOWN_ID, account: '200' }, message: /no record/ },
	},
	getPdf: {
		parameters: byId,
		prepare: oneCreditNote,
		success: {
			item: ({ CreditNoteID }) => ({ id: CreditNoteID }),
			output: ({ CreditNoteID }) => ({ CreditNoteID }),
			then({ items }) {
				expect(items[0]?.binary?.['data']?.mimeType).toBe('application/pdf');
			},
		},
		validationError: { item: { id: 'CN-1' }, message: '"CN-1"' },
		notFound: { item: { id: UNKNOWN_ID }, message: /no record/ },
	},
	update: {
		parameters: {
			...byId,
			updateFields: { reference: 'Changed', status: '={{ $json.status }}' },
		},
		prepare: async (ledger) => await oneCreditNote(ledger, { Status: 'SUBMITTED' }),
		success: {
			item: ({ CreditNoteID }) => ({ id: CreditNoteID, status: 'AUTHORISED' }),
			output: ({ CreditNoteID }) => ({
				CreditNoteID,
				Status: 'AUTHORISED',
				Reference: 'Changed',
				LineItems: [{ Description: 'Goods' }],
			}),
		},
		validationError: {
			item: ({ CreditNoteID }) => ({ id: CreditNoteID, status: 'VOIDED' }),
			message: 'Credit Note not of valid status for modification',
		},
		notFound: {
			item: { id: UNKNOWN_ID, status: 'DRAFT' },
			message: 'An existing Credit Note with the specified CreditNoteID could not be found',
		},
	},
	voidOrDelete: {
		parameters: byId,
		prepare: async (ledger) => {
			const voided = await oneCreditNote(ledger);
			await ledger.post(`CreditNotes/${String(voided['CreditNoteID'])}`, { Status: 'VOIDED' });
			const draft = await oneCreditNote(ledger, { Status: 'DRAFT' });
			return { voided: voided['CreditNoteID'], draft: draft['CreditNoteID'] };
		},
		success: {
			item: ({ draft }) => ({ id: draft }),
			output: ({ draft }) => ({ CreditNoteID: draft, Status: 'DELETED' }),
		},
		validationError: {
			item: ({ voided }) => ({ id: voided }),
			message: 'is VOIDED and cannot be voided or deleted',
		},
		notFound: noCreditNote,
	},
};
