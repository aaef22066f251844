import type { InvoiceLine } from '../../world/Books';
import { scale } from '../../world/decimal';
import type { Quote } from '../../world/Quote';

/** The lines of an inclusive quote as if their amounts had no tax inside; the quote's totals stay. */
export function linesWithoutTax({ lines }: Quote): readonly InvoiceLine[] {
	return lines.map((line) => {
		const lineAmount = line.lineAmount - line.taxAmount;
		return line.lineAmount === 0
			? line
			: { ...line, lineAmount, unitAmount: scale(line.unitAmount, lineAmount, line.lineAmount) };
	});
}
