import fc from 'fast-check';

import { parseDecimal } from '../../../nodes/Xero/values/decimal';
import type { ExactNumber } from '../../../nodes/Xero/values/exactJson';
import { fromFixedPoint, toFixedPoint } from '../../../nodes/Xero/values/fixedPoint';

const exact = (text: string): ExactNumber => {
	const parsed = parseDecimal(text, 'Amount');
	if (!parsed.ok || parsed.value === undefined) throw new Error(`${text} is not an amount`);
	return parsed.value;
};

describe('fixed point', () => {
	it('writes what it read, for every amount', () => {
		fc.assert(
			fc.property(fc.bigInt({ min: -(10n ** 19n), max: 10n ** 19n }), (units) => {
				expect(toFixedPoint(exact(fromFixedPoint(units, 4)), 4)).toBe(units);
			}),
		);
	});

	it('adds where binary fractions do not', () => {
		const sum = ['0.1', '0.2'].reduce(
			(all, text) => all + (toFixedPoint(exact(text), 4) ?? 0n),
			0n,
		);

		expect(fromFixedPoint(sum, 4)).toBe('0.30');
	});

	it.each([
		['12', '12.00'],
		['-0.5', '-0.50'],
		['1.2345', '1.2345'],
		['1.50000', '1.50'],
		['0', '0.00'],
	])('reads %s as %s', (text, written) => {
		expect(fromFixedPoint(toFixedPoint(exact(text), 4) as bigint, 4)).toBe(written);
	});

	it('refuses to round', () => {
		expect(toFixedPoint(exact('1.23456'), 4)).toBeUndefined();
	});
});
