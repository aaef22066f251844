import fc from 'fast-check';

import { parseDecimal } from '../../../nodes/Xero/values/decimal';
import { ExactNumber, toExactJson } from '../../../nodes/Xero/values/exactJson';

describe('parseDecimal', () => {
	it('keeps every digit that was written', () => {
		const digits = fc.stringMatching(/^(?:0|[1-9]\d{0,24})(?:\.\d{1,12})?$/);

		fc.assert(
			fc.property(digits, fc.boolean(), (text, negative) => {
				const written = negative ? `-${text}` : text;
				const parsed = parseDecimal(written, 'Unit Amount');

				expect(parsed.ok && parsed.value && toExactJson(parsed.value)).toBe(written);
			}),
		);
	});

	it('takes a sum that an expression made for what it means', () => {
		const cents = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });

		fc.assert(
			fc.property(cents, cents, (a, b) => {
				const parsed = parseDecimal(a / 100 + b / 100, 'Amount');

				expect(parsed.ok && parsed.value?.literal).toBe(String((a + b) / 100));
			}),
		);
	});

	it('writes JSON numbers only', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.double(), fc.anything()), (value) => {
				const parsed = parseDecimal(value, 'Amount');
				if (parsed.ok && parsed.value) {
					expect(typeof JSON.parse(parsed.value.literal)).toBe('number');
				}
			}),
		);
	});

	it.each([
		['.5', '0.5'],
		['007.50', '7.50'],
		[0.1, '0.1'],
		[' 12 ', '12'],
		['-0.0001', '-0.0001'],
		[0.1 + 0.2, '0.3'],
		[4.35 * 100, '435'],
		[0.1 + 0.2 - 0.3, '0'],
		[123456789012.345, '123456789012.345'],
		['1234567890123.4567', '1234567890123.4567'],
		['0.30000000000000004', '0.30000000000000004'],
		[1.234567, '1.234567'],
	])('reads %j as %s', (value, literal) => {
		expect(parseDecimal(value, 'Quantity')).toEqual({ ok: true, value: new ExactNumber(literal) });
	});

	it.each(['', null, undefined, '  '])('takes %j as left empty', (value) => {
		expect(parseDecimal(value, 'Quantity')).toEqual({ ok: true, value: undefined });
	});

	it.each([
		'1,200.50',
		'1.200,50',
		'1 200.50',
		'$12',
		'12 NZD',
		'1e3',
		'twelve',
		NaN,
		Infinity,
		{},
	])('refuses %j and names the field', (value) => {
		expect(parseDecimal(value, 'Line 2: Unit Amount')).toMatchObject({
			ok: false,
			failure: { message: expect.stringContaining('Line 2: Unit Amount is not a number') },
		});
	});
});

describe('toExactJson', () => {
	it('agrees with JSON.stringify on plain data', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				expect(toExactJson(value)).toBe(JSON.stringify(value));
			}),
		);
	});
});
