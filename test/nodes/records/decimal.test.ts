import fc from 'fast-check';

import { parseDecimal } from '../../../nodes/Xero/records/decimal';
import { ExactNumber, toExactJson } from '../../../nodes/Xero/records/exactJson';

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
	])('reads %j as %s', (value, literal) => {
		expect(parseDecimal(value, 'Quantity')).toEqual({ ok: true, value: new ExactNumber(literal) });
	});

	it.each(['', null, undefined, '  '])('takes %j as left empty', (value) => {
		expect(parseDecimal(value, 'Quantity')).toEqual({ ok: true, value: undefined });
	});

	it.each(['1,200.50', '12 NZD', '1e3', 'twelve', NaN])(
		'refuses %j and names the field',
		(value) => {
			expect(parseDecimal(value, 'Line 2: Unit Amount')).toMatchObject({
				ok: false,
				failure: { message: expect.stringContaining('Line 2: Unit Amount is not a number') },
			});
		},
	);
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
