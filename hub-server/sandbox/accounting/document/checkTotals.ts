import type { ApiCall } from '../../resource/ApiResource';
import type { Totals } from '../../world/Books';
import { parseDecimal } from '../../world/decimal';
import type { Element } from '../../writing/readElements';

/**
 * Totals that are sent have to be those of the lines (xero-mcp-server#190, #206, #312, xeroizer#86). Xero
 * computes them anyway.
 */
export function checkTotals(element: Element, totals: Totals, messages: string[]): void {
	if (differs(element['SubTotal'], totals.subTotal)) {
		messages.push('The document sub total does not equal the sub total of the lines');
	}
	if (differs(element['Total'], totals.total)) {
		messages.push('The document total does not equal the sum of the lines.');
	}
}

/** Where the switch says so: a document of less than nothing is a credit note. */
export function checkSign({ context }: ApiCall, { total }: Totals, messages: string[]): void {
	if (total < 0 && context.faults().refusesNegativeTotals) {
		messages.push('The document total cannot be negative.');
	}
}

function differs(sent: unknown, computed: number): boolean {
	const amount = parseDecimal(sent, 2);
	return amount !== undefined && amount !== computed;
}
