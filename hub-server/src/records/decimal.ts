/** An exact decimal: `units` of its last place, of which there are `places` behind the point. */
export interface Decimal {
	readonly units: bigint;
	readonly places: number;
}

export const ZERO: Decimal = { units: 0n, places: 0 };

/** Places behind the point beyond which nothing is money: what binary fractions leave behind, or worse. */
const MOST_PLACES = 40;

/** Reads a JSON number or numeric text; undefined where it is neither. */
export function readDecimal(value: unknown): Decimal | undefined {
	const text =
		typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
	const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text);
	const digits = `${match?.[2] ?? ''}${match?.[3] ?? ''}`;
	if (match === null || digits === '') return undefined;

	const places = (match[3]?.length ?? 0) - Number(match[4] ?? 0);
	if (Math.abs(places) > MOST_PLACES) return undefined;
	const magnitude = BigInt(digits) * 10n ** BigInt(Math.max(0, -places));
	return { units: match[1] === '-' ? -magnitude : magnitude, places: Math.max(0, places) };
}

export function plus(one: Decimal, other: Decimal): Decimal {
	const places = Math.max(one.places, other.places);
	return { units: unitsAt(one, places) + unitsAt(other, places), places };
}

export function minus(one: Decimal, other: Decimal): Decimal {
	return plus(one, { ...other, units: -other.units });
}

export function times(one: Decimal, other: Decimal): Decimal {
	return { units: one.units * other.units, places: one.places + other.places };
}

/** Rounded half away from zero, as Xero rounds. */
export function rounded(value: Decimal, places: number): Decimal {
	return quotient(value, { units: 1n, places: 0 }, places);
}

/** `dividend ÷ divisor`, rounded half away from zero; the divisor is not zero. */
export function quotient(dividend: Decimal, divisor: Decimal, places: number): Decimal {
	const shift = places + divisor.places - dividend.places;
	const over = dividend.units * 10n ** BigInt(Math.max(0, shift));
	const under = divisor.units * 10n ** BigInt(Math.max(0, -shift));
	const magnitude = (2n * absolute(over) + absolute(under)) / (2n * absolute(under));
	return { units: over < 0n !== under < 0n ? -magnitude : magnitude, places };
}

/** Below zero where `one` is less, 0 where both are the same, above zero otherwise. */
export function compared(one: Decimal, other: Decimal): number {
	const { units } = minus(one, other);
	return units < 0n ? -1 : units > 0n ? 1 : 0;
}

/** Such as `12.50`: as many decimals as it has places. */
export function printDecimal({ units, places }: Decimal): string {
	const digits = String(absolute(units)).padStart(places + 1, '0');
	const whole = digits.slice(0, digits.length - places);
	const sign = units < 0n ? '-' : '';
	return places === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-places)}`;
}

function unitsAt({ units, places }: Decimal, wanted: number): bigint {
	return units * 10n ** BigInt(wanted - places);
}

function absolute(units: bigint): bigint {
	return units < 0n ? -units : units;
}
