import type { Invoice } from '../../world/Books';
import type { AccountingCall } from '../AccountingResource';
import type { Element } from '../writing/readElements';

/** Sales numbers are unique, and given out when absent; bills keep whatever the supplier wrote. */
export function invoiceNumberOf(
	call: AccountingCall,
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
	if (number === undefined) return nextNumber(call);

	const holder = call.books.invoices.find('salesNumber', number.toLowerCase());
	if (holder !== undefined && holder.id !== before?.id) messages.push('Invoice # must be unique.');
	return number;
}

function nextNumber(call: AccountingCall): string {
	const { counters, invoices } = call.books;
	let count = counters.get('INV') ?? 0;
	let number: string;
	do {
		count += 1;
		number = `INV-${String(count).padStart(4, '0')}`;
	} while (invoices.find('salesNumber', number.toLowerCase()) !== undefined);
	counters.set('INV', count);
	return number;
}
