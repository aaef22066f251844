import type { IDataObject } from 'n8n-workflow';

import type { Ledger } from './ledgerOfSandbox';
import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';
import { lines } from './preparedCredits';

const byId = { repeatingInvoice: picked('={{ $json.id }}') };
const itsId = { item: ({ RepeatingInvoiceID }: IDataObject) => ({ id: RepeatingInvoiceID }) };
const noId = { item: { id: 'Rent' }, message: '"Rent"' };
const noTemplate = { item: { id: UNKNOWN_ID }, message: UNKNOWN_ID };

const oneTemplate = async (ledger: Ledger) =>
	await ledger.put('RepeatingInvoices', {
		RepeatingInvoices: [
			{
				Type: 'ACCREC',
				Status: 'AUTHORISED',
				Contact: { Name: 'Ridgeway University' },
				Reference: ledger.unique('RENT'),
				Schedule: {
					Period: 1,
					Unit: 'MONTHLY',
					DueDate: 10,
					DueDateType: 'OFFOLLOWINGMONTH',
					StartDate: '2026-12-01',
				},
				...lines(1000, '200'),
			},
		],
	});

export const cases: ResourceCases = {
	addNote: {
		parameters: { ...byId, note: '={{ $json.note ?? "Index-linked" }}' },
		prepare: oneTemplate,
		success: { ...itsId, output: { Details: 'Index-linked' } },
		validationError: {
			item: ({ RepeatingInvoiceID }) => ({ id: RepeatingInvoiceID, note: '' }),
			message: 'Note is not set',
		},
		notFound: { item: { id: UNKNOWN_ID }, message: /no record|not found/ },
	},
	create: {
		parameters: {
			contact: picked('={{ $json.contact }}'),
			period: 2,
			unit: 'WEEKLY',
			startDate: '2026-12-01',
			dueDateType: 'DAYSAFTERBILLDATE',
			dueDate: 7,
			lineItems: {
				line: [{ description: 'Rent', unitAmount: '1000', accountCode: picked('200') }],
			},
			additionalFields: { status: 'AUTHORISED', endDate: '={{ $json.end }}', markAsSent: true },
		},
		prepare: oneTemplate,
		success: {
			item: ({ Contact }) => ({
				contact: (Contact as IDataObject)['ContactID'],
				end: '2027-06-30',
			}),
			output: {
				Type: 'ACCREC',
				Status: 'AUTHORISED',
				MarkAsSent: true,
				Total: 1150,
				Schedule: {
					Period: 2,
					Unit: 'WEEKLY',
					DueDate: 7,
					DueDateType: 'DAYSAFTERBILLDATE',
					StartDate: '2026-12-01',
					EndDate: '2027-06-30',
				},
			},
		},
		validationError: {
			item: ({ Contact }) => ({
				contact: (Contact as IDataObject)['ContactID'],
				end: '2026-11-01',
			}),
			message: 'Schedule EndDate must not be before its StartDate',
		},
		notFound: { item: { contact: UNKNOWN_ID, end: '' }, message: /no record/ },
	},
	delete: {
		parameters: byId,
		prepare: async (ledger) => {
			const gone = await oneTemplate(ledger);
			await ledger.post(`RepeatingInvoices/${String(gone['RepeatingInvoiceID'])}`, {
				Status: 'DELETED',
			});
			return { ...(await oneTemplate(ledger)), gone: gone['RepeatingInvoiceID'] };
		},
		success: {
			...itsId,
			output: ({ RepeatingInvoiceID }) => ({ deleted: true, RepeatingInvoiceID }),
			async then({ ledger, prepared }) {
				const id = String(prepared['RepeatingInvoiceID']);
				expect(await ledger.get(`RepeatingInvoices/${id}`)).toMatchObject([{ Status: 'DELETED' }]);
			},
		},
		validationError: {
			item: ({ gone }) => ({ id: gone }),
			message: 'Repeating Invoice not of valid status for modification',
		},
		notFound: { item: { id: UNKNOWN_ID }, message: 'was not found' },
	},
	get: {
		parameters: byId,
		prepare: oneTemplate,
		success: {
			...itsId,
			output: ({ RepeatingInvoiceID }) => ({
				RepeatingInvoiceID,
				Total: 1150,
				Schedule: { StartDate: '2026-12-01', NextScheduledDate: '2026-12-01' },
			}),
		},
		validationError: noId,
		notFound: noTemplate,
	},
	getAll: {
		parameters: {
			filters: {
				reference: '={{ $json.reference }}',
				totalFrom: '={{ $json.least }}',
				type: 'ACCREC',
				statuses: ['AUTHORISED'],
			},
			sort: { by: { field: 'Total', direction: 'DESC' } },
		},
		prepare: oneTemplate,
		success: {
			item: ({ Reference }) => ({ reference: Reference, least: '1000' }),
			output: ({ RepeatingInvoiceID }) => ({
				RepeatingInvoiceID,
				ContactName: 'Ridgeway University',
				NextScheduledDate: '2026-12-01',
			}),
			then({ items }) {
				expect(items).toHaveLength(1);
			},
		},
		validationError: {
			item: { reference: '', least: 'much' },
			message: 'Total From is not a number: "much"',
		},
		notFound: { notApplicable: 'a list without matches is empty' },
	},
	getHistory: {
		parameters: byId,
		prepare: oneTemplate,
		success: { ...itsId, output: { Changes: expect.any(String) } },
		validationError: noId,
		notFound: { item: { id: UNKNOWN_ID }, message: /no record|not found/ },
	},
};
