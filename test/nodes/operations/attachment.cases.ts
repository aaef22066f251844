import type { INodeExecutionData } from 'n8n-workflow';

import { oneInvoice } from './invoice.cases';
import type { Ledger } from './ledgerOfSandbox';
import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';

const BYTES = Buffer.from([0x25, 0x50, 0x44, 0x46, 0x00, 0xff, 0x0a]);

const receipt: INodeExecutionData['binary'] = {
	data: { data: BYTES.toString('base64'), mimeType: 'application/pdf', fileName: 'Receipt 7.pdf' },
};

const ofDocument = { documentType: 'Invoices', documentId: picked('={{ $json.id }}') };

const withFile = async (ledger: Ledger) => {
	const { InvoiceID } = await oneInvoice(ledger);
	await ledger.put(`Invoices/${String(InvoiceID)}/Attachments/notes.txt`, { any: 'content' });
	return { InvoiceID };
};

export const cases: ResourceCases = {
	upload: {
		parameters: {
			...ofDocument,
			writeOptions: { fileName: '={{ $json.name ?? "" }}', includeOnline: true },
		},
		binary: receipt,
		prepare: oneInvoice,
		success: {
			item: ({ InvoiceID }) => ({ id: InvoiceID }),
			output: {
				FileName: 'Receipt 7.pdf',
				MimeType: 'application/pdf',
				ContentLength: BYTES.length,
				IncludeOnline: true,
			},
			then: async ({ prepared, ledger }) => {
				const response = await ledger.call(
					'GET',
					`/api.xro/2.0/Invoices/${String(prepared['InvoiceID'])}/Attachments/Receipt%207.pdf`,
				);
				expect(Buffer.from(await response.arrayBuffer())).toEqual(BYTES);
			},
		},
		validationError: {
			item: ({ InvoiceID }) => ({ id: InvoiceID, name: 'a|b.pdf' }),
			message: 'holds |, which Xero does not take',
		},
		notFound: { item: { id: UNKNOWN_ID }, message: /no record/ },
	},
	getAll: {
		parameters: ofDocument,
		prepare: withFile,
		success: {
			item: ({ InvoiceID }) => ({ id: InvoiceID }),
			output: { FileName: 'notes.txt', AttachmentID: expect.any(String) },
		},
		validationError: { item: { id: 'INV-1' }, message: 'Document is not an id' },
		notFound: { item: { id: UNKNOWN_ID }, message: /no record/ },
	},
	download: {
		parameters: { ...ofDocument, file: '={{ $json.file }}' },
		prepare: withFile,
		success: {
			item: ({ InvoiceID }) => ({ id: InvoiceID, file: 'notes.txt' }),
			output: { fileName: 'notes.txt', mimeType: 'application/json' },
			then: ({ items }) => {
				const { data } = items[0]?.binary?.['data'] ?? {};
				expect(Buffer.from(data ?? '', 'base64').toString()).toBe('{"any":"content"}');
			},
		},
		validationError: { item: { id: UNKNOWN_ID, file: '' }, message: 'File is not set' },
		notFound: {
			item: ({ InvoiceID }) => ({ id: InvoiceID, file: 'none.pdf' }),
			message: 'The document has no file named "none.pdf"',
		},
	},
};
