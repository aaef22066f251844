const AMOUNT = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * The value of a report's cell: `null` for none, a number for an amount, and text for all else (days,
 * percentages, words).
 *
 * @param asText leaves amounts as they are; they also stay text where a number would lose a digit
 */
export function readAmount(value: unknown, asText: boolean): string | number | null {
	const text = String(value ?? '').trim();
	if (text === '') return null;
	const match = AMOUNT.exec(text);
	if (match === null || asText) return text;
	const [, sign = '', whole = '', decimals = ''] = match;
	const shortest = decimals.replace(/0+$/, '');
	const digits = `${sign}${whole.replace(/^0+(?=\d)/, '')}${shortest === '' ? '' : `.${shortest}`}`;
	const number = Number(digits);
	return String(number) === digits || number === 0 ? number + 0 : text;
}
