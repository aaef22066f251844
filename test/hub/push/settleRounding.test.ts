import fc from 'fast-check';
import { documentTotals, type PricesAndRates } from '../../../hub-server/src/push/documentTotals';
import type { RoundingPolicy } from '../../../hub-server/src/push/Push';
import { settleRounding, type RoundingRules } from '../../../hub-server/src/push/settleRounding';
import { printDecimal, readDecimal } from '../../../hub-server/src/records/decimal';
import type { XeroRecord } from '../../../hub-server/protocol/xero';

const known: PricesAndRates = {
	rateOf: (taxType) => readDecimal(taxType === 'OUTPUT2' ? 15 : 0),
	usualOf: () => ({}),
};

function settle(document: XeroRecord, rules: Partial<RoundingRules> = {}) {
	const totals = documentTotals(document, known);
	if (totals === undefined) throw new Error('The totals are known.');
	return settleRounding(document, totals, {
		...{ policy: 'warn', roundingAccount: '860', takesTaxAmounts: true },
		...rules,
	});
}

const line = (UnitAmount: number) => ({ UnitAmount, TaxType: 'OUTPUT2' });
/** 76.30 and 11.44 in Xero; 87.75 where the tax is that of the sum. */
const THREE = { LineItems: [line(25.06), line(25.61), line(25.63)] };

function totalOf(document: XeroRecord): string {
	const totals = documentTotals(document, known);
	return totals === undefined ? 'unknown' : printDecimal(totals.total);
}

describe('totals that differ by rounding (44)', () => {
	it.each([
		['says none', {}],
		['says the same', { Total: 87.74, TotalTax: '11.44' }],
	])('nothing is done where the other system %s', (_what, said) => {
		expect(settle({ ...THREE, ...said })).toEqual({ kind: 'equal' });
	});

	it('are told with both figures under `warn`', () => {
		expect(settle({ ...THREE, Total: 87.75 })).toEqual({
			kind: 'warning',
			message:
				"Xero's total is 87.74, and the other system's 87.75. Xero rounds the tax of each line.",
			nextStep:
				'Nothing has to be done. To have the same total, push with rounding "tax" or "line".',
		});
	});

	it('stop the record under `refuse`', () => {
		expect(settle({ ...THREE, Total: 87.75 }, { policy: 'refuse' })).toMatchObject({
			kind: 'refused',
			message: "Xero's total is 87.74, and the other system's 87.75. Nothing was sent.",
		});
	});

	it('are met by the tax of a line under `tax`', () => {
		const settled = settle({ ...THREE, Total: 87.75, TotalTax: 11.45 }, { policy: 'tax' });
		expect(settled).toMatchObject({ kind: 'settled' });
		if (settled.kind !== 'settled') return;
		expect(settled.document['LineItems']).toEqual([
			line(25.06),
			{ ...line(25.61), TaxAmount: 3.85 },
			line(25.63),
		]);
		expect(totalOf(settled.document)).toBe('87.75');
	});

	it('are met by a line of its own under `line`, without tax, on the mapped account', () => {
		const settled = settle({ ...THREE, Total: 87.73 }, { policy: 'line' });
		expect(settled).toMatchObject({ kind: 'settled' });
		if (settled.kind !== 'settled') return;
		expect((settled.document['LineItems'] as unknown[]).at(-1)).toEqual({
			...{ Description: 'Rounding', Quantity: 1, UnitAmount: -0.01 },
			...{ AccountCode: '860', TaxType: 'NONE' },
		});
		expect(totalOf(settled.document)).toBe('87.73');
	});

	it.each([
		['no account is mapped', { ...THREE, Total: 87.75 }, { policy: 'line', roundingAccount: null }],
		[
			'it is a bank transaction',
			{ ...THREE, Total: 87.75 },
			{ policy: 'tax', takesTaxAmounts: false },
		],
		[
			'no line has tax',
			{ LineItems: [{ UnitAmount: 1, TaxType: 'NONE' }], Total: 1.01 },
			{ policy: 'tax' },
		],
		[
			'tax does not change an inclusive total',
			{ LineAmountTypes: 'Inclusive', LineItems: [line(1)], Total: 1.01 },
			{ policy: 'tax' },
		],
	] as const)('are refused where %s', (_what, document, rules) => {
		const settled = settle(document, rules);
		expect(settled.kind).toBe('refused');
		expect(settled).toHaveProperty('nextStep', expect.stringMatching(/\w/));
	});

	it.each(['warn', 'tax', 'line', 'refuse'] as const)(
		'are never papered over where rounding does not explain them: %s',
		(policy) => {
			const many = { LineItems: Array.from({ length: 30 }, () => line(1)) };
			// 34.50 in Xero.
			for (const document of [
				{ ...many, Total: 34.61 },
				{ LineItems: [line(10)], Total: 11.52 },
				{ LineItems: [line(10)], Total: 10 },
				{ LineItems: [line(10)], TotalTax: 1.48 },
			]) {
				const settled = settle(document, { policy });
				expect(settled.kind).toBe('refused');
				expect(settled).toHaveProperty('message', expect.stringContaining('does not explain'));
			}
			expect(settle({ ...many, Total: 34.6 }, { policy }).kind).not.toBe('equal');
		},
	);

	it('end at the total of the other system, to the cent, or are refused', () => {
		const lines = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 12 });
		const policy = fc.constantFrom<RoundingPolicy>('tax', 'line');
		const types = fc.constantFrom('Exclusive', 'Inclusive', 'NoTax');
		fc.assert(
			fc.property(
				lines,
				policy,
				types,
				fc.integer({ min: -15, max: 15 }),
				(prices, by, how, off) => {
					const document = {
						LineAmountTypes: how,
						LineItems: prices.map((cents) => line(cents / 100)),
					};
					const total = Math.round(Number(totalOf(document)) * 100) + off;
					const settled = settle({ ...document, Total: total / 100 }, { policy: by });
					if (off === 0) expect(settled.kind).toBe('equal');
					else if (settled.kind === 'settled') {
						expect(Math.abs(off)).toBeLessThanOrEqual(Math.min(10, prices.length));
						expect(totalOf(settled.document)).toBe((total / 100).toFixed(2));
					} else expect(settled.kind).toBe('refused');
				},
			),
		);
	});
});
