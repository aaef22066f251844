import fc from 'fast-check';
import {
	divideRounded,
	formatCents,
	parseDecimal,
	toNumber,
} from '../../hub-server/sandbox/world/decimal';
import {
	lineAmountOf,
	taxAmountOf,
	totalsOf,
} from '../../hub-server/sandbox/accounting/amounts/lineMath';
import type { InvoiceLine } from '../../hub-server/sandbox/world/Books';

const cents = fc.integer({ min: -100_000_000, max: 100_000_000 });
/** Percent with two decimals, in ten-thousandths. */
const rate = fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths * 100);

it('reads every decimal back as it was written', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: -1e12, max: 1e12 }),
			fc.constantFrom(2 as const, 4 as const),
			(units, places) => {
				expect(parseDecimal(toNumber(units, places), places)).toBe(units);
				expect(parseDecimal((units / 10 ** places).toFixed(places), places)).toBe(units);
			},
		),
	);
});

it.each([
	[1.005, 101],
	[-1.005, -101],
	[2.675, 268],
	['0.005', 1],
	['1e2', 10_000],
	[1e-7, 0],
	['.5', 50],
])('rounds %p half away from zero, from its decimal digits, to %i cents', (value, expected) => {
	expect(parseDecimal(value, 2)).toBe(expected);
});

it.each([
	['abc'],
	[''],
	[null],
	[undefined],
	['1.2.3'],
	[Number.NaN],
	[Number.POSITIVE_INFINITY],
	[1e300],
	['-'],
	[true],
])('does not take %p for a number', (value) => {
	expect(parseDecimal(value, 2)).toBeUndefined();
});

it('divides within half a unit, the same way on both sides of zero', () => {
	fc.assert(
		fc.property(
			fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
			fc.bigInt({ min: 1n, max: 10n ** 9n }),
			(dividend, divisor) => {
				const quotient = divideRounded(dividend, divisor);
				const error = 2n * (dividend - quotient * divisor);
				expect(error <= divisor && error >= -divisor).toBe(true);
				expect(divideRounded(-dividend, divisor)).toBe(-quotient);
			},
		),
	);
});

it('finds the same tax inside a gross amount as on top of the net one, to a cent', () => {
	fc.assert(
		fc.property(cents, rate, (net, percent) => {
			const tax = taxAmountOf(net, percent, 'Exclusive');
			const inside = taxAmountOf(net + tax, percent, 'Inclusive');
			expect(Math.abs(inside - tax)).toBeLessThanOrEqual(1);
		}),
	);
});

it('never takes more than the whole amount as tax, and none without a rate', () => {
	fc.assert(
		fc.property(cents, rate, (amount, percent) => {
			expect(Math.abs(taxAmountOf(amount, percent, 'Inclusive'))).toBeLessThanOrEqual(
				Math.abs(amount),
			);
			expect(Math.abs(taxAmountOf(amount, 0, 'Exclusive'))).toBe(0);
		}),
	);
});

it('adds up: total is subtotal and tax, whatever the lines', () => {
	const line = fc
		.record({
			quantity: fc.integer({ min: 0, max: 1_000_000 }),
			unitAmount: fc.integer({ min: 0, max: 10_000_000 }),
			discountRate: fc.option(rate, { nil: undefined }),
		})
		.map((amounts) => ({ ...amounts, discountAmount: undefined }));
	const types = fc.constantFrom('Exclusive' as const, 'Inclusive' as const, 'NoTax' as const);

	fc.assert(
		fc.property(
			fc.array(line, { maxLength: 10 }),
			types,
			rate,
			(drafts, lineAmountTypes, percent) => {
				const lines = drafts.map((draft): InvoiceLine => {
					const lineAmount = lineAmountOf(draft);
					return {
						...draft,
						id: '',
						description: '',
						lineAmount,
						taxAmount: taxAmountOf(lineAmount, percent, lineAmountTypes),
						taxType: 'OUTPUT2',
						accountCode: '200',
						itemCode: undefined,
						tracking: [],
					};
				});
				const sum = lines.reduce((total, { lineAmount }) => total + lineAmount, 0);

				const totals = totalsOf(lines, lineAmountTypes);

				expect(totals.subTotal + totals.totalTax).toBe(totals.total);
				expect(lineAmountTypes === 'Inclusive' ? totals.total : totals.subTotal).toBe(sum);
				expect(totals.totalDiscount).toBeGreaterThanOrEqual(0);
			},
		),
	);
});

it('prints two decimals', () => {
	expect([formatCents(5), formatCents(-1050), formatCents(0)]).toEqual(['0.05', '-10.50', '0.00']);
});
