import type { ApiCall } from '../../resource/ApiResource';
import type { Invoice } from '../../world/Books';
import type { Element } from '../../writing/readElements';

/** The document that a POST means: by id, else a sales invoice by its number. */
export function findInvoice(call: ApiCall, element: Element): Invoice | undefined {
	const id = element['InvoiceID'];
	if (typeof id === 'string' && id !== '') return call.books.invoices.get(id.toLowerCase());
	const number = element['InvoiceNumber'];
	const isSale = element['Type'] === undefined || element['Type'] === 'ACCREC';
	if (typeof number !== 'string' || !isSale) return undefined;
	return call.books.invoices.find('salesNumber', number.trim().toLowerCase());
}

/** Whether the element names a document by id. */
export function namesInvoice(element: Element): boolean {
	return typeof element['InvoiceID'] === 'string' && element['InvoiceID'] !== '';
}
