import { success } from '../errors/failure';
import { parseDecimal } from './decimal';
import { ExactNumber } from './exactJson';

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * A decimal as a whole number of its last place, so that amounts add up without rounding.
 *
 * @returns `undefined` where it has more decimals than `places`
 */
export function toFixedPoint({ literal }: ExactNumber, places: number): bigint | undefined {
	const match = DECIMAL.exec(literal);
	const decimals = (match?.[3] ?? '').replace(/0+$/, '');
	if (match === null || decimals.length > places) return undefined;
	const units = BigInt(`${match[2]}${decimals.padEnd(places, '0')}`);
	return match[1] === '-' ? -units : units;
}

/** The same of whatever a field or a record of Xero's holds; `undefined` also where it holds no number. */
export function fixedPointOf(value: unknown, places: number): bigint | undefined {
	const read = value instanceof ExactNumber ? success(value) : parseDecimal(value, '');
	return read.ok && read.value !== undefined ? toFixedPoint(read.value, places) : undefined;
}

/** The decimal behind the whole number, with two decimals at least: 1234500n → `123.45`. */
export function fromFixedPoint(units: bigint, places: number): string {
	const digits = String(units < 0n ? -units : units).padStart(places + 1, '0');
	const whole = digits.slice(0, -places);
	const decimals = digits.slice(-places).replace(/0+$/, '').padEnd(2, '0');
	return `${units < 0n ? '-' : ''}${whole}.${decimals}`;
}
