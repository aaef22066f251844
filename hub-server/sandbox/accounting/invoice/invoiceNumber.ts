import type { ApiCall } from '../../resource/ApiResource';
import type { Invoice } from '../../world/Books';
import type { Element } from '../../writing/readElements';
import { nextNumber } from '../document/nextNumber';

/** Sales numbers are unique, and given out when absent; bills keep whatever the supplier wrote. */
export function invoiceNumberOf(
	call: ApiCall,
	element: Element,
	before: Invoice | undefined,
	type: Invoice['type'],
	messages: string[],
): string {
	const sent = element['InvoiceNumber'];
	const number = typeof sent === 'string' && sent.trim() !== '' ? sent.trim() : before?.number;
	if (number !== undefined && number.length > 255)
		messages.push('InvoiceNumber must not be longer than 255 characters');
	if (type === 'ACCPAY') return number ?? '';
	const holderOf = (wanted: string) =>
		call.books.invoices.find('salesNumber', wanted.toLowerCase());
	if (number === undefined) {
		return nextNumber(call, 'INV', (candidate) => holderOf(candidate) !== undefined);
	}
	const holder = holderOf(number);
	if (holder !== undefined && holder.id !== before?.id) messages.push('Invoice # must be unique.');
	return number;
}
