import { judgeMissed } from '../../../hub-server/src/sync/judgeMissed';

const SINCE = 1_000_000;
const found = {
	...{ id: 'a', updatedAt: SINCE + 500, hash: 'new' },
	standing: { status: 'ACTIVE' } as never,
	due: null,
	record: {},
};
const known = {
	...{ version: String(SINCE + 500), updatedAt: SINCE + 500, hash: 'new' },
	...{ isDeleted: false, told: null },
};
const told = { eventId: 'e', at: SINCE + 500, isOpen: true };
const UNSURE = { judgement: { kind: 'updated', version: String(SINCE + 500) }, isFirstSight: true };
const KNOWN = { judgement: { kind: 'same' }, isFirstSight: false };

describe('a record that changed in a gap', () => {
	it.each([
		['that nobody knew', undefined, null, UNSURE],
		['that the first run has read since', known, SINCE + 900, UNSURE],
		['that a webhook’s read has left, without a first run', known, null, UNSURE],
		['that a sync has told', { ...known, told }, null, KNOWN],
		['of which every change had been told before the gap', known, SINCE - 1, KNOWN],
	] as const)('%s', (_what, before, baselineAt, expected) => {
		expect(judgeMissed(before, found, { baselineAt, since: SINCE })).toEqual(expected);
	});

	it('is new where every record had been known', () => {
		const { judgement, isFirstSight } = judgeMissed(undefined, found, {
			...{ baselineAt: SINCE + 100, since: SINCE },
		});

		expect([judgement.kind, isFirstSight]).toEqual(['created', false]);
	});

	it('is what it is where an earlier version was known', () => {
		const earlier = { ...known, updatedAt: 1, version: '1', hash: 'old' };

		const { judgement, isFirstSight } = judgeMissed(earlier, found, {
			...{ baselineAt: null, since: SINCE },
		});

		expect([judgement.kind, isFirstSight]).toEqual(['updated', false]);
	});
});
