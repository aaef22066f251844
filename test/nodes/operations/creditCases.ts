import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Ledger } from './ledgerOfSandbox';
import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';
import { allocated, oneInvoice } from './preparedCredits';

export interface CreditKind {
	/** Name of the locator's parameter. */
	readonly locator: string;
	/** Xero's. */
	readonly collection: string;
	readonly idField: string;
	/** As Xero's sentences name it. */
	readonly label: string;
	/** One over 115. */
	readonly prepare: (ledger: Ledger) => Promise<IDataObject>;
}

/** The operations that credit notes, prepayments and overpayments have alike. */
export function creditCases(kind: CreditKind): ResourceCases {
	const { locator, collection, idField, label, prepare } = kind;
	const byId: INodeParameters = { [locator]: picked('={{ $json.id }}') };
	const itsId = { item: (record: IDataObject) => ({ id: record[idField] }) };
	const noId = { item: { id: 'CN-1' }, message: '"CN-1"' };
	return {
		addNote: {
			parameters: { ...byId, note: '={{ $json.note ?? "Agreed by phone" }}' },
			prepare,
			success: { ...itsId, output: { Details: 'Agreed by phone' } },
			validationError: {
				item: (record) => ({ id: record[idField], note: ' ' }),
				message: 'Note is not set',
			},
			notFound: { item: { id: UNKNOWN_ID }, message: /no record|not found/ },
		},
		allocate: {
			parameters: {
				...byId,
				invoice: picked('={{ $json.invoice }}'),
				amount: '={{ $json.amount }}',
				date: '2026-11-03',
			},
			prepare: async (ledger) => ({
				...(await prepare(ledger)),
				invoice: (await oneInvoice(ledger))['InvoiceID'],
			}),
			success: {
				item: (prepared) => ({
					id: prepared[idField],
					invoice: prepared['invoice'],
					amount: '40.10',
				}),
				output: ({ invoice }) => ({
					Amount: 40.1,
					Date: '2026-11-03',
					Invoice: { InvoiceID: invoice },
				}),
				async then({ ledger, prepared }) {
					expect(await ledger.get(`${collection}/${String(prepared[idField])}`)).toMatchObject([
						{ RemainingCredit: 74.9 },
					]);
				},
			},
			validationError: {
				item: (prepared) => ({
					id: prepared[idField],
					invoice: prepared['invoice'],
					amount: '115.01',
				}),
				message: `${label} cannot be allocated as amount is greater than amount outstanding`,
			},
			notFound: {
				item: ({ invoice }) => ({ id: UNKNOWN_ID, invoice, amount: '1' }),
				message: /no record|not found/,
			},
		},
		deleteAllocation: {
			parameters: { ...byId, allocationId: '={{ $json.allocation }}' },
			prepare: async (ledger) =>
				await allocated(ledger, collection, (await prepare(ledger))[idField]),
			success: {
				item: ({ id, AllocationID }) => ({ id, allocation: AllocationID }),
				output: ({ AllocationID }) => ({ deleted: true, AllocationID }),
				async then({ ledger, prepared }) {
					expect(await ledger.get(`${collection}/${String(prepared['id'])}`)).toMatchObject([
						{ RemainingCredit: 115, Allocations: [] },
					]);
				},
			},
			validationError: {
				item: ({ id }) => ({ id, allocation: '' }),
				message: 'Allocation ID is not set',
			},
			notFound: {
				item: ({ id }) => ({ id, allocation: UNKNOWN_ID }),
				message: /no record|not found/,
			},
		},
		get: {
			parameters: byId,
			prepare,
			success: {
				...itsId,
				output: (record) => ({
					[idField]: record[idField],
					Date: '2026-11-02',
					Total: 115,
					RemainingCredit: 115,
					LineItems: [{ Description: 'Goods' }],
				}),
			},
			validationError: noId,
			notFound: { item: { id: UNKNOWN_ID }, message: UNKNOWN_ID },
		},
		getAll: {
			parameters: {
				filters: {
					where: '={{ $json.where }}',
					remainingCreditFrom: '={{ $json.least }}',
					statuses: ['AUTHORISED', 'PAID'],
				},
			},
			prepare,
			success: {
				item: ({ Reference }) => ({ where: `Reference=="${String(Reference)}"`, least: '115' }),
				output: (record) => ({
					[idField]: record[idField],
					ContactName: 'Ridgeway University',
					RemainingCredit: 115,
				}),
				then({ items }) {
					expect(items).toHaveLength(1);
				},
			},
			validationError: {
				item: { where: '', least: 'a lot' },
				message: 'Remaining Credit From is not a number: "a lot"',
			},
			notFound: { notApplicable: 'a list without matches is empty' },
		},
		getHistory: {
			parameters: byId,
			prepare,
			success: { ...itsId, output: { Changes: expect.any(String) } },
			validationError: noId,
			notFound: { item: { id: UNKNOWN_ID }, message: /no record|not found/ },
		},
	};
}
