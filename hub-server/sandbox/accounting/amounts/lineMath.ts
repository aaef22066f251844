import type { InvoiceLine, LineAmountTypes, Totals } from '../../world/Books';
import { divideRounded, scale, type Cents, type Decimal4 } from '../../world/decimal';

/** Quantity × unit amount, less the discount, to the cent. */
export function lineAmountOf(line: {
	readonly quantity: Decimal4;
	readonly unitAmount: Decimal4;
	readonly discountRate: Decimal4 | undefined;
	readonly discountAmount: Cents | undefined;
}): Cents {
	const product = BigInt(line.quantity) * BigInt(line.unitAmount);
	if (line.discountRate !== undefined) {
		const kept = BigInt(WHOLE_PERCENT - line.discountRate);
		return Number(divideRounded(product * kept, 1_000_000n * BigInt(WHOLE_PERCENT)));
	}
	return Number(divideRounded(product, 1_000_000n)) - (line.discountAmount ?? 0);
}

/** The tax inside (`Inclusive`) or on top of (`Exclusive`) an amount, to the cent, line by line. */
export function taxAmountOf(amount: Cents, rate: Decimal4, types: LineAmountTypes): Cents {
	switch (types) {
		case 'NoTax':
			return 0;
		case 'Exclusive':
			return scale(amount, rate, WHOLE_PERCENT);
		case 'Inclusive':
			return scale(amount, rate, WHOLE_PERCENT + rate);
	}
}

export function totalsOf(lines: readonly InvoiceLine[], types: LineAmountTypes): Totals {
	const sum = (amount: (line: InvoiceLine) => Cents): Cents =>
		lines.reduce((total, line) => total + amount(line), 0);
	const amounts = sum(({ lineAmount }) => lineAmount);
	const totalTax = types === 'NoTax' ? 0 : sum(({ taxAmount }) => taxAmount);
	const subTotal = types === 'Inclusive' ? amounts - totalTax : amounts;
	const undiscounted = sum((line) =>
		lineAmountOf({ ...line, discountRate: undefined, discountAmount: undefined }),
	);
	return { subTotal, totalTax, total: subTotal + totalTax, totalDiscount: undiscounted - amounts };
}

/** 100 % in ten-thousandths of a percent. */
const WHOLE_PERCENT = 1_000_000;
