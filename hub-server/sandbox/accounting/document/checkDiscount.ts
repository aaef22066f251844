import type { InvoiceLine } from '../../world/Books';
import { formatCents, scale, type Cents } from '../../world/decimal';
import { lineAmountOf } from '../amounts/lineMath';

type Discounted = Pick<InvoiceLine, 'quantity' | 'unitAmount' | 'discountRate' | 'discountAmount'>;

/**
 * A discount is not larger than its line. Of a line without a positive amount none can be taken off, not even
 * nothing (Xero-OpenAPI#429, Xero-NetStandard#412). The rate in the sentence is the sandbox's reckoning
 * but for the reported 0.00.
 */
export function checkDiscount(line: Discounted, messages: string[]): void {
	const { discountRate, discountAmount } = line;
	const gross = undiscounted(line);
	const refuse = (rate: number): void => {
		messages.push(
			`The discount rate '${formatCents(rate)}' is invalid. Discount must not be greater than the line total.`,
		);
	};
	if (discountAmount !== undefined && (gross <= 0 || discountAmount > gross)) {
		refuse(gross === 0 ? 0 : scale(discountAmount, 10_000, Math.abs(gross)));
	}
	if (discountRate !== undefined && discountRate > WHOLE_PERCENT) refuse(discountRate / 100);
}

/**
 * The amount that a line sent at nothing and discounted by all of it is found to have: Xero takes the
 * discount off once more, and refuses its own answer (Xero-NetStandard#74, #147, xeroizer#553).
 */
export function doublyDiscounted(line: Discounted, stated: Cents | undefined): Cents | undefined {
	const gross = undiscounted(line);
	if (stated !== 0 || gross === 0 || line.discountRate !== WHOLE_PERCENT) return stated;
	return -gross;
}

function undiscounted(line: Discounted): Cents {
	return lineAmountOf({ ...line, discountRate: undefined, discountAmount: undefined });
}

/** 100 % in ten-thousandths of a percent. */
const WHOLE_PERCENT = 1_000_000;
