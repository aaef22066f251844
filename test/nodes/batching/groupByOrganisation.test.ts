import fc from 'fast-check';

import { groupByOrganisation } from '../../../nodes/Xero/batching/groupByOrganisation';

describe('groupByOrganisation', () => {
	it('keeps every element, in order, in the group of its own organisation', () => {
		const elements = fc.array(
			fc.record({ tenantId: fc.constantFrom('a', 'b', 'c'), item: fc.nat() }),
		);

		fc.assert(
			fc.property(elements, (given) => {
				const groups = groupByOrganisation(given);

				expect(groups.map(({ tenantId }) => tenantId)).toEqual([
					...new Set(given.map(({ tenantId }) => tenantId)),
				]);
				for (const { tenantId, members } of groups) {
					expect(members).toEqual(given.filter((element) => element.tenantId === tenantId));
				}
			}),
		);
	});
});
