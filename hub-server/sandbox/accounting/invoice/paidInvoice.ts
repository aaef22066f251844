import type { Invoice, InvoiceLine, LineAmountTypes } from '../../world/Books';
import { amountPaidOf } from '../amounts/invoiceAmounts';

export function hasAllocations(invoice: Invoice): boolean {
	return amountPaidOf(invoice) + invoice.amountCredited > 0;
}

/** What a paid or part-paid document must keep; its words and references may change. */
export function touchesAmounts(
	before: Pick<Invoice, 'lines' | 'currencyCode' | 'dateMs' | 'lineAmountTypes'>,
	after: Pick<Invoice, 'lines' | 'currencyCode' | 'dateMs'> & { readonly types: LineAmountTypes },
): boolean {
	const amounts = (lines: readonly InvoiceLine[]) =>
		JSON.stringify(
			lines.map((line) => [
				line.id,
				line.quantity,
				line.unitAmount,
				line.lineAmount,
				line.taxAmount,
				line.itemCode,
			]),
		);
	return (
		before.dateMs !== after.dateMs ||
		before.currencyCode !== after.currencyCode ||
		before.lineAmountTypes !== after.types ||
		amounts(before.lines) !== amounts(after.lines)
	);
}
