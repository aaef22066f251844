import fc from 'fast-check';

import { fitForModel, MAX_ANSWER_LENGTH } from '../../../nodes/Xero/output/fitForModel';

/** Of so many characters, in JSON and with the comma behind it. */
function recordOf(length: number) {
	return { text: 'x'.repeat(length - '{"text":""},'.length) };
}

describe('the records that a tool gives to its model', () => {
	it('are the first ones, no longer than a model can take, with a note where some are missing', () => {
		const lengths = fc.array(fc.integer({ min: 20, max: MAX_ANSWER_LENGTH }), { maxLength: 40 });

		fc.assert(
			fc.property(lengths, (each) => {
				const records = each.map(recordOf);

				const given = fitForModel(records);

				const isCut = given.at(-1) !== records.at(-1) && records.length > 0;
				const kept = isCut ? given.slice(0, -1) : given;
				expect(kept).toEqual(records.slice(0, kept.length));
				expect(each.slice(0, kept.length).reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(
					MAX_ANSWER_LENGTH,
				);
				if (!isCut) return;
				expect(given.at(-1)).toEqual({
					note: expect.stringContaining(`first ${kept.length} of ${records.length}`),
				});
				const nextLength = each[kept.length] ?? 0;
				const keptLength = each.slice(0, kept.length).reduce((sum, one) => sum + one, 0);
				expect(keptLength + nextLength).toBeGreaterThan(MAX_ANSWER_LENGTH);
			}),
		);
	});

	it('say that there may be more where they end at the limit, and nothing where they end before it', () => {
		const records = [recordOf(20), recordOf(20)];

		expect(fitForModel(records, 2)).toEqual([
			...records,
			{ note: expect.stringContaining('first 2; there may be more') },
		]);
		expect(fitForModel(records, 3)).toBe(records);
		expect(fitForModel(records)).toBe(records);
	});

	it('are the beginning of the text where one alone is too long', () => {
		const records = [recordOf(MAX_ANSWER_LENGTH * 3), recordOf(20)];

		const [only, ...others] = fitForModel(records);

		expect(others).toEqual([]);
		expect(only?.beginning).toBe(JSON.stringify(records[0]).slice(0, MAX_ANSWER_LENGTH));
		expect(only?.note).toContain('and 1 more');
	});
});
