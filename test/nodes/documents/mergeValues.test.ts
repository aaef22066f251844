import fc from 'fast-check';

import { mergeValues, wordsOf, type Said } from '../../../nodes/Xero/documents/mergeValues';

const said = (...values: unknown[]): Said[] => values.map((value, item) => ({ item, value }));
const picked = (value: string) => ({ __rl: true, mode: 'id', value });

const blank = fc.constantFrom<unknown>('', '  ', null, undefined, [], picked(''), {});
const plain = fc.oneof(
	fc.string().filter((text) => text.trim() !== ''),
	fc.nat(),
	fc.boolean(),
);

describe('mergeValues', () => {
	it('agrees on what all items say, whichever of them leave it empty', () => {
		fc.assert(
			fc.property(plain, fc.array(fc.boolean(), { minLength: 1 }), blank, (value, says, empty) => {
				fc.pre(says.includes(true));

				expect(mergeValues(said(...says.map((one) => (one ? value : empty))))).toEqual({
					agree: true,
					value,
				});
			}),
		);
	});

	it('names two items that really differ, the first that says something among them', () => {
		const speaking = plain.map((value) => ({ value, speaks: true }));
		const silent = blank.map((value) => ({ value, speaks: false }));

		fc.assert(
			fc.property(fc.array(fc.oneof(speaking, silent), { minLength: 1 }), (drawn) => {
				const given = said(...drawn.map(({ value }) => value));
				const spoken = given.filter((_, item) => drawn[item]?.speaks);
				const merged = mergeValues(given);

				expect(merged.agree).toBe(new Set(spoken.map(({ value }) => wordsOf(value))).size <= 1);
				if (merged.agree) return;
				expect(merged.first).toEqual(spoken[0]);
				expect(spoken).toContainEqual(merged.other);
				expect(wordsOf(merged.other.value)).not.toBe(wordsOf(merged.first.value));
			}),
		);
	});

	it('puts together the members of a collection, each from the item that has it', () => {
		expect(
			mergeValues(said({ reference: '', date: '2026-11-01' }, {}, { reference: 'R-1', date: '' })),
		).toEqual({ agree: true, value: { reference: 'R-1', date: '2026-11-01' } });
	});

	it('says which member of a collection differs', () => {
		expect(
			mergeValues(said({ date: '2026-11-01' }, { status: 'DRAFT' }, { date: '2026-11-02' })),
		).toEqual({
			agree: false,
			path: ['date'],
			first: { item: 0, value: '2026-11-01' },
			other: { item: 2, value: '2026-11-02' },
		});
	});

	it('compares what is picked, not the name that the editor shows beside it', () => {
		const named = { ...picked('42'), cachedResultName: 'Ada' };

		expect(mergeValues(said(named, picked('42')))).toEqual({ agree: true, value: named });
		expect(mergeValues(said(named, picked('43')))).toMatchObject({ agree: false });
	});

	it('takes a number and its text for the same, and days for one value each', () => {
		const day = new Date('2026-11-30T00:00:00Z');

		expect(mergeValues(said(1, '1 '))).toEqual({ agree: true, value: 1 });
		expect(mergeValues(said(day, new Date(day)))).toEqual({ agree: true, value: day });
		expect(mergeValues(said(day, new Date(0)))).toMatchObject({ agree: false });
	});
});
