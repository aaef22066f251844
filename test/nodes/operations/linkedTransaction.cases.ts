import type { IDataObject } from 'n8n-workflow';

import type { Ledger } from './ledgerOfSandbox';
import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';

async function document(ledger: Ledger, Type: string, AccountCode: string): Promise<IDataObject> {
	return await ledger.put('Invoices', {
		Invoices: [
			{
				Type,
				Status: 'AUTHORISED',
				Contact: { Name: ledger.unique('Passes costs on') },
				DueDate: '2026-11-30',
				LineItems: [{ Description: 'Ink', Quantity: 1, UnitAmount: 50, AccountCode }],
			},
		],
	});
}

const lineOf = ({ LineItems }: IDataObject) => (LineItems as IDataObject[])[0]?.['LineItemID'];

const purchaseAndSale = async (ledger: Ledger) => {
	const bought = await document(ledger, 'ACCPAY', '453');
	const sold = await document(ledger, 'ACCREC', '200');
	return {
		source: bought['InvoiceID'],
		sourceLine: lineOf(bought),
		target: sold['InvoiceID'],
		targetLine: lineOf(sold),
		customer: (sold['Contact'] as IDataObject)['ContactID'],
		supplier: (bought['Contact'] as IDataObject)['ContactID'],
	};
};

const linked = async (ledger: Ledger) => {
	const prepared = await purchaseAndSale(ledger);
	const link = await ledger.put('LinkedTransactions', {
		SourceTransactionID: prepared.source,
		SourceLineItemID: prepared.sourceLine,
	});
	return { ...prepared, id: link['LinkedTransactionID'] };
};

const link = picked('={{ $json.id }}');
const unknown = { item: { id: UNKNOWN_ID }, message: /no record/ };
const malformed = { item: { id: 'the first' }, message: '"the first"' };
const mismatch = 'The ContactID and the TargetTransaction ContactID do not match';

export const cases: ResourceCases = {
	create: {
		parameters: {
			sourceTransaction: picked('={{ $json.source }}'),
			sourceLineItemId: '={{ $json.line }}',
		},
		prepare: purchaseAndSale,
		success: {
			item: ({ source, sourceLine }) => ({ source, line: sourceLine }),
			output: ({ source, sourceLine }) => ({
				SourceTransactionID: source,
				SourceLineItemID: sourceLine,
				SourceTransactionTypeCode: 'ACCPAY',
				Status: 'APPROVED',
			}),
		},
		validationError: {
			item: ({ source, targetLine }) => ({ source, line: targetLine }),
			message: 'The SourceLineItemID and SourceTransactionID do not match',
		},
		notFound: {
			item: ({ sourceLine }) => ({ source: UNKNOWN_ID, line: sourceLine }),
			message: 'The SourceLineItemID and SourceTransactionID do not match',
		},
	},
	get: {
		parameters: { linkedTransaction: link },
		prepare: linked,
		success: {
			item: ({ id }) => ({ id }),
			output: ({ id, source }) => ({ LinkedTransactionID: id, SourceTransactionID: source }),
		},
		validationError: malformed,
		notFound: { item: { id: UNKNOWN_ID }, message: UNKNOWN_ID },
	},
	getAll: {
		parameters: {
			filters: { sourceTransaction: picked('={{ $json.source }}'), status: 'APPROVED' },
		},
		prepare: linked,
		success: {
			item: ({ source }) => ({ source }),
			output: ({ id }) => ({ LinkedTransactionID: id }),
			then: ({ items }) => {
				expect(items).toHaveLength(1);
			},
		},
		validationError: { item: { source: 'INV-1' }, message: '"INV-1"' },
		notFound: { notApplicable: 'a list without matches is empty' },
	},
	update: {
		parameters: {
			linkedTransaction: link,
			updateFields: {
				contact: picked('={{ $json.customer }}'),
				targetTransaction: picked('={{ $json.target }}'),
				targetLineItemId: '={{ $json.line }}',
			},
		},
		prepare: linked,
		success: {
			item: ({ id, customer, target, targetLine }) => ({ id, customer, target, line: targetLine }),
			output: ({ id, customer, target, targetLine }) => ({
				LinkedTransactionID: id,
				ContactID: customer,
				TargetTransactionID: target,
				TargetLineItemID: targetLine,
				Status: 'BILLED',
			}),
		},
		validationError: {
			item: ({ id, supplier, target, targetLine }) => ({
				id,
				customer: supplier,
				target,
				line: targetLine,
			}),
			message: mismatch,
		},
		notFound: {
			item: ({ customer, target, targetLine }) => ({
				id: UNKNOWN_ID,
				customer,
				target,
				line: targetLine,
			}),
			message: /no record/,
		},
	},
	delete: {
		parameters: { linkedTransaction: link },
		prepare: linked,
		success: {
			item: ({ id }) => ({ id }),
			output: ({ id }) => ({ deleted: true, LinkedTransactionID: id }),
			then: async ({ prepared, ledger }) => {
				expect(await ledger.get(`LinkedTransactions/${String(prepared['id'])}`)).toEqual([]);
			},
		},
		validationError: malformed,
		notFound: unknown,
	},
};
