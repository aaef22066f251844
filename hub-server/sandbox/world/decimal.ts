/**
 * Decimal numbers as integers, so that no amount ever passes through binary fractions.
 *
 * A `Decimal4` counts ten-thousandths (Xero's four decimals of quantities and unit amounts), a
 * `Cents` hundredths (money). Both are safe integers.
 */
export type Decimal4 = number;
export type Cents = number;

/**
 * Reads a JSON number or numeric text, rounded half away from zero to `places` decimals.
 * Undefined when it is neither, or too large to be held exactly.
 */
export function parseDecimal(value: unknown, places: 2 | 4): number | undefined {
	const text =
		typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
	const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text);
	if (match === null || `${match[2]}${match[3] ?? ''}` === '') return undefined;

	const digits = `${match[2]}${match[3] ?? ''}`;
	const shift = places - (match[3]?.length ?? 0) + Number(match[4] ?? 0);
	const magnitude =
		shift >= 0
			? BigInt(digits) * 10n ** BigInt(Math.min(shift, 40))
			: divideRounded(BigInt(digits), 10n ** BigInt(-shift));
	const result = Number(match[1] === '-' ? -magnitude : magnitude);
	return Number.isSafeInteger(result) ? result + 0 : undefined;
}

/** Half away from zero, as Xero rounds. `divisor` is positive. */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
	const magnitude = dividend < 0n ? -dividend : dividend;
	const rounded = (2n * magnitude + divisor) / (2n * divisor);
	return dividend < 0n ? -rounded : rounded;
}

/** `value × numerator ÷ denominator`, rounded half away from zero. */
export function scale(value: number, numerator: number, denominator: number): number {
	return Number(divideRounded(BigInt(value) * BigInt(numerator), BigInt(denominator)));
}

/** The JSON number that prints as the decimal, e.g. 1005 cents → 10.05. */
export function toNumber(value: number, places: 2 | 4): number {
	return value / (places === 2 ? 100 : 10_000);
}

/** Text with two decimals, as Xero's messages print amounts. */
export function formatCents(value: Cents): string {
	return (value / 100).toFixed(2);
}
