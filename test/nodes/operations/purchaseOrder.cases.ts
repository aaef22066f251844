import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';
import type { Ledger } from './ledgerOfSandbox';

const oneOrder = async (ledger: Ledger, changes: IDataObject = {}) => {
	const supplier = await ledger.put('Contacts', {
		Contacts: [{ Name: ledger.unique('Supplier') }],
	});
	return await ledger.put('PurchaseOrders', {
		PurchaseOrders: [
			{
				Contact: { ContactID: supplier['ContactID'] },
				Date: '2026-11-01',
				DeliveryDate: '2026-11-20',
				PurchaseOrderNumber: ledger.unique('PREPARED'),
				LineItems: [{ Description: 'Paper', Quantity: 10, UnitAmount: 5, AccountCode: '453' }],
				...changes,
			},
		],
	});
};

const itsId = { item: ({ PurchaseOrderID }: IDataObject) => ({ id: PurchaseOrderID }) };
const byId: INodeParameters = { purchaseOrder: picked('={{ $json.id }}') };
const noId = { item: { id: 'PO-1' }, message: '"PO-1"' };

export const cases: ResourceCases = {
	addNote: {
		parameters: { ...byId, note: '={{ $json.note ?? "Ordered by phone" }}' },
		prepare: oneOrder,
		success: { ...itsId, output: { Details: 'Ordered by phone' } },
		validationError: {
			item: ({ PurchaseOrderID }) => ({ id: PurchaseOrderID, note: ' ' }),
			message: 'Note is not set',
		},
		notFound: { item: { id: UNKNOWN_ID }, message: /no record|not found/ },
	},
	changeStatus: {
		parameters: { ...byId, status: '={{ $json.status }}' },
		prepare: oneOrder,
		success: {
			item: ({ PurchaseOrderID }) => ({ id: PurchaseOrderID, status: 'AUTHORISED' }),
			output: ({ PurchaseOrderID }) => ({ PurchaseOrderID, Status: 'AUTHORISED' }),
		},
		validationError: {
			item: ({ PurchaseOrderID }) => ({ id: PurchaseOrderID, status: 'BILLED' }),
			message: 'PurchaseOrder status change is invalid',
		},
		notFound: { item: { id: UNKNOWN_ID, status: 'AUTHORISED' }, message: 'was not found' },
	},
	create: {
		parameters: {
			contact: picked('={{ $json.contact }}'),
			lineItems: { line: [{ description: 'Toner', quantity: '2', unitAmount: '30' }] },
			additionalFields: {
				purchaseOrderNumber: '={{ $json.number }}',
				deliveryDate: '2026-12-01',
				reference: 'changed',
			},
		},
		prepare: oneOrder,
		success: {
			item: ({ Contact, PurchaseOrderNumber }) => ({
				contact: (Contact as IDataObject)['ContactID'],
				number: `${String(PurchaseOrderNumber)}-B`,
			}),
			output: ({ PurchaseOrderNumber }) => ({
				PurchaseOrderNumber: `${String(PurchaseOrderNumber)}-B`,
				DeliveryDate: '2026-12-01',
				SubTotal: 60,
			}),
		},
		validationError: {
			item: ({ Contact, PurchaseOrderNumber }) => ({
				contact: (Contact as IDataObject)['ContactID'],
				number: PurchaseOrderNumber,
			}),
			message: 'is there already (DRAFT, Supplier',
		},
		notFound: { item: { contact: UNKNOWN_ID, number: '' }, message: /no record/ },
	},
	delete: {
		parameters: byId,
		prepare: oneOrder,
		success: {
			...itsId,
			output: ({ PurchaseOrderID }) => ({ deleted: true, PurchaseOrderID }),
			async then({ ledger, prepared }) {
				const path = `PurchaseOrders/${String(prepared['PurchaseOrderID'])}`;
				expect(await ledger.get(path)).toMatchObject([{ Status: 'DELETED' }]);
			},
		},
		validationError: noId,
		notFound: { item: { id: UNKNOWN_ID }, message: 'was not found' },
	},
	get: {
		parameters: {
			purchaseOrder: picked('={{ $json.id }}', 'number'),
			options: { simplify: true },
		},
		prepare: oneOrder,
		success: {
			item: ({ PurchaseOrderNumber }) => ({ id: PurchaseOrderNumber }),
			output: ({ PurchaseOrderID }) => ({ PurchaseOrderID, DeliveryDate: '2026-11-20' }),
		},
		validationError: { item: { id: '' }, message: 'Purchase Order is not set' },
		notFound: { item: { id: 'PO-NOBODY' }, message: /no record/ },
	},
	getAll: {
		parameters: { filters: { dateFrom: '={{ $json.from }}', dateTo: '2031-01-01' } },
		prepare: async (ledger) => await oneOrder(ledger, { Date: '2031-01-01' }),
		success: {
			item: { from: '2031-01-01' },
			output: {
				Date: '2031-01-01',
				ContactName: expect.stringContaining('Supplier'),
				CurrencyCode: 'NZD',
				Status: 'DRAFT',
				Total: 57.5,
			},
		},
		validationError: { item: { from: 'soon' }, message: 'Date From is not a date: "soon"' },
		notFound: { notApplicable: 'a list without matches is empty' },
	},
	getHistory: {
		parameters: byId,
		prepare: oneOrder,
		success: { ...itsId, output: { Changes: 'Created' } },
		validationError: noId,
		notFound: { item: { id: UNKNOWN_ID }, message: /no record/ },
	},
	getPdf: {
		parameters: byId,
		prepare: oneOrder,
		success: {
			...itsId,
			output: ({ PurchaseOrderID }) => ({ PurchaseOrderID, mimeType: 'application/pdf' }),
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
			updateFields: {
				reference: 'Q4',
				purchaseOrderNumber: '={{ $json.number ?? "" }}',
			},
		},
		prepare: async (ledger) => ({
			...(await oneOrder(ledger)),
			taken: (await oneOrder(ledger))['PurchaseOrderNumber'],
		}),
		success: {
			...itsId,
			output: ({ PurchaseOrderID, PurchaseOrderNumber }) => ({
				PurchaseOrderID,
				PurchaseOrderNumber,
				Reference: 'Q4',
				LineItems: [{ Description: 'Paper' }],
			}),
		},
		validationError: {
			item: ({ PurchaseOrderID, taken }) => ({ id: PurchaseOrderID, number: taken }),
			message: 'Order number must be unique',
		},
		notFound: { item: { id: UNKNOWN_ID }, message: 'was not found' },
	},
};
