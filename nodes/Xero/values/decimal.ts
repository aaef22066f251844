import { refuseInput, success, type Outcome } from '../errors/failure';
import { ExactNumber } from './exactJson';
import { isBlank } from './isBlank';

const DECIMAL = /^(-?)0*(\d+(?:\.\d+)?|\.\d+)$/;

/**
 * Reads an amount without arithmetic: `'12.50'` stays `12.50`, and a number keeps the shortest
 * digits that mean it, without what an expression's own arithmetic left behind them. Blank gives
 * `undefined`.
 *
 * @param label the field, as the message should call it
 */
export function parseDecimal(value: unknown, label: string): Outcome<ExactNumber | undefined> {
	if (isBlank(value)) return success(undefined);
	if (typeof value === 'number' && Number.isFinite(value)) {
		return success(new ExactNumber(String(withoutNoise(value))));
	}
	const match = typeof value === 'string' ? DECIMAL.exec(value.trim()) : null;
	const digits = match?.[2];
	if (match === null || digits === undefined) {
		return refuseInput(
			`${label} is not a number: ${JSON.stringify(value)}`,
			'Write it with a dot and without thousands separators or a currency sign, such as 1234.50.',
		);
	}
	return success(new ExactNumber(`${match[1] ?? ''}${digits.startsWith('.') ? '0' : ''}${digits}`));
}

/** Xero has four decimals of quantities and unit amounts, and six of exchange rates. */
const PLACES = 8;

const TOO_FINE = /\.\d{9,}$|e-/;

/** An expression computes in binary, where 0.1 + 0.2 is 0.30000000000000004. */
function withoutNoise(value: number): number {
	return TOO_FINE.test(String(value)) ? Number(value.toFixed(PLACES)) : value;
}
