import fc from 'fast-check';

import { wholeCharacters } from '../../../nodes/Xero/values/wholeCharacters';

describe('wholeCharacters', () => {
	it('keeps texts that are whole, and gives others as UTF-8 would carry them', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), fc.nat(), (text, cut) => {
				const half = text.slice(0, cut % (text.length + 1));

				expect(wholeCharacters(text)).toBe(text);
				expect(wholeCharacters(half)).toBe(Buffer.from(half, 'utf8').toString('utf8'));
			}),
		);
	});

	it('reaches into rows and collections, and leaves other things as they are', () => {
		const bytes = Buffer.from('x');
		const date = new Date(0);

		expect(
			wholeCharacters({ rows: [{ name: 'a\ud83d' }], bytes, date, none: null, one: 1 }),
		).toEqual({
			...{ rows: [{ name: 'a\ufffd' }], bytes, date },
			...{ none: null, one: 1 },
		});
	});
});
