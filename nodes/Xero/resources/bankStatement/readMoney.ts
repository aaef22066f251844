import { refuseInput, success, type Outcome } from '../../errors/failure';
import { parseDecimal } from '../../values/decimal';
import { toFixedPoint } from '../../values/fixedPoint';
import { isBlank } from '../../values/isBlank';
import { PLACES } from './Statement';

/**
 * An amount in ten-thousandths, money in positive.
 *
 * @param direction CREDIT or DEBIT, beside an amount without a sign; else the sign says it
 */
export function readMoney(value: unknown, direction: unknown, label: string): Outcome<bigint> {
	const decimal = parseDecimal(value, label);
	if (!decimal.ok) return decimal;
	if (decimal.value === undefined) return refuseInput(`${label} is not set`);
	const units = toFixedPoint(decimal.value, PLACES);
	if (units === undefined) {
		return refuseInput(
			`${label} has more than ${PLACES} decimals: ${decimal.value.literal}`,
			'Round it first, so that the statement still adds up.',
		);
	}
	if (isBlank(direction)) return success(units);
	const side = String(direction).trim().toUpperCase();
	if (side !== 'CREDIT' && side !== 'DEBIT') {
		return refuseInput(`${label}: the direction is neither CREDIT nor DEBIT: ${String(direction)}`);
	}
	if (units < 0n) {
		return refuseInput(
			`${label} has a sign and a direction`,
			'Write amounts without a sign where the direction is given.',
		);
	}
	return success(side === 'DEBIT' ? -units : units);
}
