import fc from 'fast-check';

import { parseExactJson } from '../../../nodes/Xero/values/exactJson';

describe('JSON with amounts of many digits', () => {
	it('reads as JSON.parse does where no digit is lost', () => {
		fc.assert(
			fc.property(fc.json({ depthSize: 'small' }), (json) => {
				expect(parseExactJson(json)).toEqual(JSON.parse(json));
			}),
		);
	});

	it('keeps as text what a double would round, and leaves texts and names alone', () => {
		const digits = fc
			.stringMatching(/^-?[1-9]\d{12,17}\.\d{4}$/)
			.filter((amount) => String(Number(amount)) !== amount);

		fc.assert(
			fc.property(digits, fc.string(), (amount, note) => {
				const name = JSON.stringify(`${note} ${amount}`);

				expect(parseExactJson(`[{${name}: ${amount}, "n": ${name}}, ${amount}, 0.5]`)).toEqual([
					{ [`${note} ${amount}`]: amount, n: `${note} ${amount}` },
					amount,
					0.5,
				]);
			}),
		);
	});

	it('takes the noise of an expression for the number that it is', () => {
		expect(parseExactJson('[0.30000000000000004]')).toEqual([0.1 + 0.2]);
	});

	it.each(['{', '[1,]', 'tea'])('refuses what is no JSON: %s', (text) => {
		expect(() => parseExactJson(text)).toThrow(SyntaxError);
	});
});
