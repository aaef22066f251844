import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';
import type { Ledger } from './ledgerOfSandbox';

/** A quote with everything that an update must not lose. */
const oneQuote = async (ledger: Ledger, changes: IDataObject = {}) =>
	await ledger.put('Quotes', {
		Quotes: [
			{
				Contact: { Name: 'Ridgeway University' },
				Date: '2026-11-01',
				ExpiryDate: '2026-11-30',
				Reference: ledger.unique('RFQ'),
				Title: 'Website',
				LineAmountTypes: 'INCLUSIVE',
				LineItems: [{ Description: 'Design', Quantity: 2, UnitAmount: 115, AccountCode: '200' }],
				...changes,
			},
		],
	});

const itsId = { item: ({ QuoteID }: IDataObject) => ({ id: QuoteID }) };
const byId: INodeParameters = { quote: picked('={{ $json.id }}') };
const noId = { item: { id: 'QU-1' }, message: '"QU-1"' };
const noQuote = { item: { id: UNKNOWN_ID }, message: UNKNOWN_ID };

export const cases: ResourceCases = {
	addNote: {
		parameters: { ...byId, note: '={{ $json.note ?? "Called them" }}' },
		prepare: oneQuote,
		success: { ...itsId, output: { Details: 'Called them' } },
		validationError: {
			item: ({ QuoteID }) => ({ id: QuoteID, note: ' ' }),
			message: 'Note is not set',
		},
		notFound: { item: { id: UNKNOWN_ID }, message: /no record|not found/ },
	},
	changeStatus: {
		parameters: { ...byId, status: '={{ $json.status }}' },
		prepare: oneQuote,
		success: {
			item: ({ QuoteID }) => ({ id: QuoteID, status: 'SENT' }),
			output: ({ QuoteID, Reference }) => ({
				QuoteID,
				Status: 'SENT',
				Reference,
				Title: 'Website',
				ExpiryDate: '2026-11-30',
				LineAmountTypes: 'INCLUSIVE',
				Total: 230,
			}),
		},
		validationError: {
			item: ({ QuoteID }) => ({ id: QuoteID, status: 'ACCEPTED' }),
			message: 'is DRAFT and cannot become ACCEPTED',
		},
		notFound: { item: { id: UNKNOWN_ID, status: 'SENT' }, message: UNKNOWN_ID },
	},
	create: {
		parameters: {
			contact: picked('={{ $json.contact }}'),
			lineItems: { line: [{ description: 'Hosting', unitAmount: '19.99', discountRate: '10' }] },
			additionalFields: {
				quoteNumber: '={{ $json.number }}',
				title: 'Hosting',
				expiryDate: '2026-12-24',
				status: 'SENT',
			},
		},
		prepare: oneQuote,
		success: {
			item: ({ Contact }) => ({ contact: (Contact as IDataObject)['ContactID'], number: '' }),
			output: {
				QuoteNumber: expect.stringMatching(/^QU-/),
				Status: 'SENT',
				Title: 'Hosting',
				ExpiryDate: '2026-12-24',
				SubTotal: 17.99,
			},
		},
		validationError: {
			item: ({ Contact, QuoteNumber }) => ({
				contact: (Contact as IDataObject)['ContactID'],
				number: QuoteNumber,
			}),
			message: 'Quote # must be unique.',
		},
		notFound: { item: { contact: UNKNOWN_ID, number: '' }, message: /no record/ },
	},
	delete: {
		parameters: byId,
		prepare: oneQuote,
		success: {
			...itsId,
			output: ({ QuoteID }) => ({ deleted: true, QuoteID }),
			async then({ ledger, prepared }) {
				expect(await ledger.get(`Quotes/${String(prepared['QuoteID'])}`)).toMatchObject([
					{ Status: 'DELETED' },
				]);
			},
		},
		validationError: noId,
		notFound: noQuote,
	},
	get: {
		parameters: byId,
		prepare: oneQuote,
		success: {
			...itsId,
			output: ({ QuoteID }) => ({ QuoteID, Date: '2026-11-01', Total: 230 }),
		},
		validationError: noId,
		notFound: noQuote,
	},
	getAll: {
		parameters: {
			filters: { quoteNumber: '={{ $json.number }}', dateFrom: '={{ $json.from }}' },
		},
		prepare: oneQuote,
		success: {
			item: ({ QuoteNumber }) => ({ number: QuoteNumber, from: '2026-11-01' }),
			output: ({ QuoteID }) => ({ QuoteID, ContactName: 'Ridgeway University' }),
		},
		validationError: {
			item: { number: '', from: 'soon' },
			message: 'Date From is not a date: "soon"',
		},
		notFound: { notApplicable: 'a list without matches is empty' },
	},
	getHistory: {
		parameters: byId,
		prepare: oneQuote,
		success: { ...itsId, output: { Changes: 'Created' } },
		validationError: noId,
		notFound: { item: { id: UNKNOWN_ID }, message: /no record/ },
	},
	getPdf: {
		parameters: byId,
		prepare: oneQuote,
		success: {
			...itsId,
			output: ({ QuoteID }) => ({ QuoteID, mimeType: 'application/pdf' }),
			then({ items }) {
				expect(items[0]?.binary?.['data']?.mimeType).toBe('application/pdf');
			},
		},
		validationError: noId,
		notFound: { item: { id: UNKNOWN_ID }, message: /no record/ },
	},
	update: {
		parameters: {
			...byId,
			updateFields: { title: 'Web shop', quoteNumber: '={{ $json.number ?? "" }}' },
		},
		prepare: async (ledger) => ({
			...(await oneQuote(ledger)),
			taken: (await oneQuote(ledger))['QuoteNumber'],
		}),
		success: {
			...itsId,
			output: ({ QuoteID, QuoteNumber, Reference }) => ({
				QuoteID,
				QuoteNumber,
				Reference,
				Title: 'Web shop',
				ExpiryDate: '2026-11-30',
				LineAmountTypes: 'INCLUSIVE',
				LineItems: [{ Description: 'Design' }],
			}),
		},
		validationError: {
			item: ({ QuoteID, taken }) => ({ id: QuoteID, number: taken }),
			message: 'Quote # must be unique.',
		},
		notFound: noQuote,
	},
};
