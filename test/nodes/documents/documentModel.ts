/**
 * What a document of Xero's comes to, reckoned apart from nodes and sandbox: each line is rounded half away
 * from zero to the cent, then its tax, and the totals are sums of those.
 */

/** Amounts as decimal texts, such as `-12.3456`. */
export interface ModelLine {
	readonly Quantity: string;
	readonly UnitAmount: string;
	readonly DiscountRate?: string;
	readonly DiscountAmount?: string;
	/** Set by hand, in cents at most; holds unless amounts have no tax. */
	readonly TaxAmount?: string;
	/** Percent of its tax type. */
	readonly taxRate: string;
}

export type AmountsAre = 'Exclusive' | 'Inclusive' | 'NoTax';

/** In decimal texts with two places. */
export interface ModelTotals {
	readonly SubTotal: string;
	readonly TotalTax: string;
	readonly Total: string;
}

export function totalsOf(lines: readonly ModelLine[], amountsAre: AmountsAre): ModelTotals {
	let amounts = 0n;
	let taxes = 0n;
	for (const line of lines) {
		const amount = amountOf(line);
		amounts += amount;
		taxes += taxOf(amount, line, amountsAre);
	}
	const inside = amountsAre === 'Inclusive' ? taxes : 0n;
	return {
		SubTotal: inCents(amounts - inside),
		TotalTax: inCents(taxes),
		Total: inCents(amounts - inside + taxes),
	};
}

/** Of a line, in cents. */
function amountOf({ Quantity, UnitAmount, DiscountRate, DiscountAmount }: ModelLine): bigint {
	const gross = scaled(Quantity) * scaled(UnitAmount);
	const rate = scaled(DiscountRate ?? '0');
	const cents = roundedQuotient(gross * (HUNDRED - rate), HUNDRED * ONE * CENTS);
	return cents - scaled(DiscountAmount ?? '0') / CENTS;
}

function taxOf(cents: bigint, { taxRate, TaxAmount }: ModelLine, amountsAre: AmountsAre): bigint {
	if (amountsAre === 'NoTax') return 0n;
	if (TaxAmount !== undefined) return scaled(TaxAmount) / CENTS;
	const rate = scaled(taxRate);
	switch (amountsAre) {
		case 'Exclusive':
			return roundedQuotient(cents * rate, HUNDRED);
		case 'Inclusive':
			return roundedQuotient(cents * rate, HUNDRED + rate);
	}
}

const PLACES = 4;
const ONE = 10_000n;
const HUNDRED = 100n * ONE;
/** Ten-thousandths in a cent. */
const CENTS = 100n;

function scaled(text: string): bigint {
	const [, sign, whole = '', decimals = ''] = /^(-?)(\d+)(?:\.(\d{1,4}))?$/.exec(text) ?? [];
	if (sign === undefined) throw new Error(`Not a decimal of four places: ${text}`);
	const units = BigInt(whole + decimals.padEnd(PLACES, '0'));
	return sign === '-' ? -units : units;
}

/** Half away from zero. */
function roundedQuotient(dividend: bigint, divisor: bigint): bigint {
	const size = dividend < 0n ? -dividend : dividend;
	const rounded = (2n * size + divisor) / (2n * divisor);
	return dividend < 0n ? -rounded : rounded;
}

function inCents(cents: bigint): string {
	const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
	return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
