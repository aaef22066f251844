import fc from 'fast-check';

import type { Likeness } from '../../../nodes/Xero/requests/likenessOf';
import { matchSaved } from '../../../nodes/Xero/requests/matchSaved';

const equality =
	(sent: readonly string[]) =>
	(element: number, record: string): Likeness =>
		sent[element] === record ? 'same' : 'other';

const statuses = (sent: readonly string[], records: readonly string[], likeness = equality(sent)) =>
	matchSaved(sent, records, likeness).map(({ status }) => status);

describe('what a refused request has saved', () => {
	it('is the records that say the same, each counted once', () => {
		expect(matchSaved(['a', 'b', 'b', 'c'], ['b', 'a'], equality(['a', 'b', 'b', 'c']))).toEqual([
			{ status: 'saved', record: 'a' },
			{ status: 'saved', record: 'b' },
			{ status: 'absent' },
			{ status: 'absent' },
		]);
	});

	it('is not known where more records say the same than were sent', () => {
		expect(statuses(['a', 'b', 'b'], ['a', 'a', 'b'])).toEqual(['unknown', 'saved', 'absent']);
	});

	it('is not known where one record fits elements that are not equal', () => {
		const fitsBoth = (_: number, record: string): Likeness => (record === 'ab' ? 'same' : 'other');

		expect(statuses(['a', 'b'], ['ab'], fitsBoth)).toEqual(['unknown', 'unknown']);
	});

	it('is not known where a record that nothing else explains may be it', () => {
		const sent = ['a', 'b'];
		const resembling = (element: number, record: string): Likeness =>
			sent[element] === record ? 'same' : 'doubtful';

		expect(statuses(sent, ['a'], resembling)).toEqual(['saved', 'absent']);
		expect(statuses(sent, ['a', '?'], resembling)).toEqual(['saved', 'unknown']);
	});

	const element = fc.constantFrom('a', 'b', 'c', 'd');
	const likeness = fc.constantFrom<Likeness>('same', 'doubtful', 'other');

	it('of any elements is what was saved of them, whatever else is there and in whatever order', () => {
		const kept = fc
			.array(element, { maxLength: 12 })
			.chain((sent) =>
				fc.tuple(
					fc.constant(sent),
					fc.shuffledSubarray(sent),
					fc.array(fc.constantFrom('foreign', 'other'), { maxLength: 5 }),
				),
			);
		fc.assert(
			fc.property(kept, ([sent, saved, others]) => {
				const matches = matchSaved(sent, [...others, ...saved], equality(sent));

				const found = matches.flatMap((match) => (match.status === 'saved' ? [match.record] : []));
				expect(found.sort()).toEqual([...saved].sort());
				matches.forEach((match, index) => {
					expect(match).toEqual(
						match.status === 'saved'
							? { status: 'saved', record: sent[index] }
							: { status: 'absent' },
					);
				});
			}),
		);
	});

	/** Elements, records with names of their own, and how alike each pair is: the same for equal elements. */
	const anyMatch = fc
		.tuple(fc.array(element, { maxLength: 6 }), fc.integer({ min: 0, max: 6 }))
		.chain(([sent, count]) =>
			fc.tuple(
				fc.constant(sent),
				fc.constant(Array.from({ length: count }, (_, index) => index)),
				fc.dictionary(element, fc.array(likeness, { minLength: count, maxLength: count }), {
					minKeys: 4,
					noNullPrototype: true,
				}),
			),
		);

	it('is never given out twice, and never sent again where a record may be it', () => {
		fc.assert(
			fc.property(anyMatch, ([sent, records, alike]) => {
				const likenessOf = (index: number, record: number) =>
					alike[sent[index] ?? '']?.[record] ?? 'other';
				const matches = matchSaved(sent, records, likenessOf);

				const given = matches.flatMap((match) => (match.status === 'saved' ? [match.record] : []));
				expect(new Set(given).size).toBe(given.length);
				matches.forEach((match, index) => {
					const free = records.filter((record) => !given.includes(record));
					if (match.status === 'saved') expect(likenessOf(index, match.record)).toBe('same');
					if (match.status === 'absent') {
						expect(free.map((record) => likenessOf(index, record))).toEqual(
							free.map(() => 'other'),
						);
					}
				});
			}),
		);
	});

	it('does not depend on the order of the records', () => {
		const shuffled = anyMatch.chain(([sent, records, alike]) =>
			fc.tuple(
				fc.constant(sent),
				fc.constant(records),
				fc.shuffledSubarray(records, { minLength: records.length }),
				fc.constant(alike),
			),
		);
		fc.assert(
			fc.property(shuffled, ([sent, records, reordered, alike]) => {
				const likenessOf = (index: number, record: number) =>
					alike[sent[index] ?? '']?.[record] ?? 'other';
				const fates = (order: readonly number[]) =>
					matchSaved(sent, order, likenessOf).map(({ status }) => status);

				expect(fates(reordered)).toEqual(fates(records));
			}),
		);
	});
});
