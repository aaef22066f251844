import type { Invoice, Totals } from '../../world/Books';
import { parseDecimal, type Cents } from '../../world/decimal';
import type { Element } from '../../writing/readElements';

/** What an invoice or bill is rounded by, where Xero has enabled it for the organisation. */
export interface Rounding {
	readonly roundingAmount: Cents;
	/** The total as somebody entered it; of what is no draft any more, the total. */
	readonly enteredTotal: Cents | undefined;
}

const MOST: Cents = 10;

/**
 * Xero's rules, from the descriptions of `RoundingAmount`, `EnteredTotal`, `SubTotal`, `TotalTax` and `Total`
 * in the models of xero-node 20. Its sentences are not published.
 *
 * @param totals as its lines have them
 */
export function readRounding(
	element: Element,
	before: Invoice | undefined,
	status: Invoice['status'],
	totals: Totals,
	messages: string[],
): Rounding {
	const sent = (name: string) => parseDecimal(element[name], 2);
	const wanted = sent('RoundingAmount');
	const known = before?.roundingAmount ?? 0;
	if (status === 'DRAFT') {
		return {
			// On a draft, what is out of range is left aside without a word.
			roundingAmount: wanted === undefined || Math.abs(wanted) > MOST ? known : wanted,
			enteredTotal: sent('EnteredTotal') ?? before?.enteredTotal,
		};
	}
	const stated = [sent('SubTotal'), sent('TotalTax'), sent('Total')];
	const isWhole = stated.every((amount) => amount !== undefined);
	const roundingAmount = wanted !== undefined && isWhole ? wanted : known;
	if (isWhole && Math.abs(roundingAmount) > MOST) {
		messages.push('RoundingAmount must be between -0.10 and 0.10');
	}
	const total = totals.total + roundingAmount;
	const expected = [totals.subTotal, totals.totalTax, total];
	if (isWhole && stated.some((amount, index) => amount !== expected[index])) {
		messages.push('SubTotal, TotalTax and Total do not match the line items and RoundingAmount');
	}
	return { roundingAmount, enteredTotal: total };
}
