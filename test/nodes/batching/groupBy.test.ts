import fc from 'fast-check';

import { groupBy } from '../../../nodes/Xero/batching/groupBy';

describe('groupBy', () => {
	const keyed = fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c', ''), item: fc.nat() }));

	it('loses no element and gives none out twice, in order inside each group', () => {
		fc.assert(
			fc.property(keyed, (given) => {
				const groups = groupBy(given, ({ key }) => key);

				expect(groups.reduce((count, { members }) => count + members.length, 0)).toBe(given.length);
				for (const { key, members } of groups) {
					expect(members).toEqual(given.filter((element) => element.key === key));
				}
			}),
		);
	});

	it('has the groups in the order in which their keys come up first', () => {
		fc.assert(
			fc.property(keyed, (given) => {
				const groups = groupBy(given, ({ key }) => key);

				expect(groups.map(({ key }) => key)).toEqual([...new Set(given.map(({ key }) => key))]);
			}),
		);
	});
});
