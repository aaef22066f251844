import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';
import type { Ledger } from './ledgerOfSandbox';

/** An approved sales invoice of two lines. */
export const oneInvoice = async (ledger: Ledger, changes: IDataObject = {}) =>
	await ledger.put('Invoices', {
		Invoices: [
			{
				Type: 'ACCREC',
				Status: 'AUTHORISED',
				Contact: { Name: 'Ridgeway University' },
				Date: '2026-11-01',
				DueDate: '2026-11-30',
				Reference: ledger.unique('REF'),
				LineItems: [
					{ Description: 'Desk', Quantity: 1, UnitAmount: 100, AccountCode: '200' },
					{ Description: 'Chair', Quantity: 4, UnitAmount: 25, AccountCode: '200' },
				],
				...changes,
			},
		],
	});

const newInvoice: INodeParameters = {
	type: 'ACCREC',
	contact: picked('={{ $json.contact }}'),
	lineItems: {
		line: [
			{
				description: 'Consulting',
				unitAmount: '120.5',
				accountCode: picked('={{ $json.account }}'),
			},
		],
	},
	additionalFields: { date: '2026-11-01', dueDate: '2026-11-30', status: 'AUTHORISED' },
};

const aContact = async (ledger: Ledger) =>
	await ledger.put('Contacts', { Contacts: [{ Name: ledger.unique('Customer') }] });

const wrongAccount = "Account code '999' is not a valid code for this document.";

export const cases: ResourceCases = {
	addNote: {
		parameters: { invoice: picked('={{ $json.id }}'), note: '={{ $json.note }}' },
		prepare: oneInvoice,
		success: {
			item: ({ InvoiceID }) => ({ id: InvoiceID, note: 'Called, will pay on Friday' }),
			output: { Changes: 'Note', Details: 'Called, will pay on Friday' },
			then: async ({ prepared, ledger }) => {
				const history = await ledger.get(`Invoices/${prepared['InvoiceID']}/History`);
				expect(history).toContainEqual(
					expect.objectContaining({ Details: 'Called, will pay on Friday' }),
				);
			},
		},
		validationError: { item: { id: UNKNOWN_ID, note: 'x'.repeat(2501) }, message: '2501' },
		notFound: { item: { id: UNKNOWN_ID, note: 'Hello' }, message: /no record/ },
	},
	addLines: {
		parameters: { invoice: picked('={{ $json.id }}'), lineItems: newInvoice['lineItems'] ?? {} },
		prepare: oneInvoice,
		success: {
			item: ({ InvoiceID }) => ({ id: InvoiceID, account: '200' }),
			output: ({ InvoiceID, LineItems }) => ({
				InvoiceID,
				LineItems: [
					// Xero puts added lines before those that were there.
					{ Description: 'Consulting', UnitAmount: 120.5 },
					...(LineItems as IDataObject[]).map(({ LineItemID }) => ({ LineItemID })),
				],
			}),
		},
		validationError: {
			item: ({ InvoiceID }) => ({ id: InvoiceID, account: '999' }),
			message: wrongAccount,
		},
		notFound: { item: { id: UNKNOWN_ID, account: '200' }, message: UNKNOWN_ID },
	},
	email: {
		parameters: { invoice: picked('={{ $json.id }}') },
		prepare: async (ledger) => ({
			draft: (await oneInvoice(ledger, { Status: 'DRAFT' }))['InvoiceID'],
			...(await oneInvoice(ledger, {
				Contact: { Name: 'Ridgeway University', EmailAddress: 'pay@example.com' },
			})),
		}),
		success: {
			item: ({ InvoiceID }) => ({ id: InvoiceID }),
			output: ({ InvoiceID }) => ({ sent: true, InvoiceID }),
			then: async ({ prepared, ledger }) => {
				const [sent] = await ledger.get(`Invoices/${String(prepared['InvoiceID'])}`);
				expect(sent).toMatchObject({ SentToContact: true });
			},
		},
		validationError: {
			item: ({ draft }) => ({ id: draft }),
			message: 'SUBMITTED, AUTHORISED or PAID',
		},
		notFound: { item: { id: UNKNOWN_ID }, message: /no record/ },
	},
	getOnlineUrl: {
		parameters: { invoice: picked('={{ $json.id }}') },
		prepare: async (ledger) => ({
			draft: (await oneInvoice(ledger, { Status: 'DRAFT' }))['InvoiceID'],
			...(await oneInvoice(ledger)),
		}),
		success: {
			item: ({ InvoiceID }) => ({ id: InvoiceID }),
			output: ({ InvoiceID }) => ({
				InvoiceID,
				OnlineInvoiceUrl: expect.stringMatching(/^https:/),
			}),
		},
		validationError: {
			item: ({ draft }) => ({ id: draft }),
			message: 'approved sales invoices only',
		},
		notFound: { item: { id: UNKNOWN_ID }, message: /no record/ },
	},
	getPdf: {
		parameters: { invoice: picked('={{ $json.id }}') },
		prepare: oneInvoice,
		success: {
			item: ({ InvoiceID }) => ({ id: InvoiceID }),
			output: ({ InvoiceID }) => ({ InvoiceID, mimeType: 'application/pdf' }),
			then: ({ items }) => {
				const { data, mimeType } = items[0]?.binary?.['data'] ?? {};
				expect(mimeType).toBe('application/pdf');
				expect(Buffer.from(data ?? '', 'base64').toString('latin1')).toMatch(/^%PDF-[^]*%%EOF\n$/);
			},
		},
		validationError: { item: { id: '42' }, message: '"42"' },
		notFound: { item: { id: UNKNOWN_ID }, message: /no record|could not be found|cannot be found/ },
	},
	voidOrDelete: {
		parameters: { invoice: picked('={{ $json.id }}') },
		prepare: async (ledger) => {
			const voided = await oneInvoice(ledger);
			await ledger.post('Invoices', {
				Invoices: [{ InvoiceID: voided['InvoiceID'], Status: 'VOIDED' }],
			});
			return {
				...(await oneInvoice(ledger, { Status: 'DRAFT' })),
				voided: voided['InvoiceID'],
			};
		},
		success: {
			item: ({ InvoiceID }) => ({ id: InvoiceID }),
			output: ({ InvoiceID }) => ({ InvoiceID, Status: 'DELETED' }),
		},
		validationError: {
			item: ({ voided }) => ({ id: voided }),
			message: 'is VOIDED and cannot be voided or deleted',
		},
		notFound: { item: { id: UNKNOWN_ID }, message: UNKNOWN_ID },
	},
	create: {
		parameters: newInvoice,
		prepare: aContact,
		success: {
			item: ({ ContactID }) => ({ contact: ContactID, account: '200' }),
			output: ({ ContactID }) => ({
				Status: 'AUTHORISED',
				DueDate: '2026-11-30',
				Contact: { ContactID },
				LineItems: [{ Description: 'Consulting', UnitAmount: 120.5 }],
			}),
		},
		validationError: {
			item: ({ ContactID }) => ({ contact: ContactID, account: '999' }),
			message: wrongAccount,
		},
		notFound: { item: { contact: UNKNOWN_ID, account: '200' }, message: /no record/ },
	},
	upsert: {
		parameters: { ...newInvoice, matchBy: 'invoiceId', matchValue: '={{ $json.id }}' },
		prepare: async (ledger) => ({
			...(await aContact(ledger)),
			id: (await oneInvoice(ledger, { Status: 'DRAFT' }))['InvoiceID'],
			other: (await oneInvoice(ledger, { Status: 'DRAFT' }))['InvoiceID'],
		}),
		success: {
			item: ({ ContactID, id }) => ({ id, contact: ContactID, account: '200' }),
			output: ({ ContactID, id }) => ({
				InvoiceID: id,
				Contact: { ContactID },
				LineItems: [{ Description: 'Consulting' }],
			}),
		},
		validationError: {
			item: ({ ContactID, other }) => ({ id: other, contact: ContactID, account: '999' }),
			message: wrongAccount,
		},
		notFound: {
			item: ({ ContactID }) => ({ id: UNKNOWN_ID, contact: ContactID, account: '200' }),
			message: 'was not found',
		},
	},
	get: {
		parameters: { invoice: picked('={{ $json.id }}') },
		prepare: oneInvoice,
		success: {
			item: ({ InvoiceID }) => ({ id: InvoiceID }),
			output: ({ InvoiceID }) => ({ InvoiceID, Total: 230, LineItems: [{}, {}] }),
		},
		validationError: { item: { id: 'INV-1' }, message: '"INV-1"' },
		notFound: { item: { id: UNKNOWN_ID }, message: UNKNOWN_ID },
	},
	getAll: {
		parameters: {
			filters: { reference: '={{ $json.reference }}', dateFrom: '={{ $json.from }}' },
		},
		prepare: oneInvoice,
		success: {
			item: ({ Reference }) => ({ reference: Reference, from: '2026-11-01' }),
			output: ({ InvoiceID }) => ({ InvoiceID, ContactName: 'Ridgeway University' }),
		},
		validationError: {
			item: { reference: '', from: 'yesterday' },
			message: 'Date From is not a date: "yesterday"',
		},
		notFound: { notApplicable: 'a list without matches is empty' },
	},
	getHistory: {
		parameters: { invoice: picked('={{ $json.id }}') },
		prepare: oneInvoice,
		success: {
			item: ({ InvoiceID }) => ({ id: InvoiceID }),
			output: {
				Changes: 'Created',
				User: expect.any(String),
				DateUTC: expect.stringMatching(/Z$/),
			},
		},
		validationError: { item: { id: '42' }, message: '"42"' },
		notFound: { item: { id: UNKNOWN_ID }, message: /no record/ },
	},
	update: {
		parameters: {
			invoice: picked('={{ $json.id }}'),
			updateFields: { dueDate: '2026-12-15', status: '={{ $json.status }}' },
		},
		prepare: oneInvoice,
		success: {
			item: ({ InvoiceID }) => ({ id: InvoiceID, status: 'AUTHORISED' }),
			output: ({ InvoiceID }) => ({
				InvoiceID,
				DueDate: '2026-12-15',
				LineItems: [{ Description: 'Desk' }, { Description: 'Chair' }],
			}),
		},
		validationError: {
			item: ({ InvoiceID }) => ({ id: InvoiceID, status: 'DELETED' }),
			message: 'Invoice not of valid status for modification',
		},
		notFound: { item: { id: UNKNOWN_ID, status: 'AUTHORISED' }, message: 'was not found' },
	},
};
