import { isBlank } from '../values/isBlank';
import { locatorValue } from '../values/locatorValue';

/** Whether a row of the editor says nothing: all is blank, but for the quantity that each row begins with. */
export function isBlankRow(row: unknown): boolean {
	return Object.entries((row ?? {}) as Readonly<Record<string, unknown>>).every(
		([name, value]) =>
			isBlank(value) ||
			(typeof value === 'object' && locatorValue(value).value === '') ||
			(name === 'quantity' && String(value).trim() === '1'),
	);
}
