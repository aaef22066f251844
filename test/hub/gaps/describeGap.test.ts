import { describeGap } from '../../../hub-server/src/gaps/describeGap';
import type { Gap } from '../../../hub-server/src/gaps/Gap';

const FROM = Date.UTC(2026, 10, 2, 9);

const gap: Gap = {
	...{ id: 'g', tenantId: 't', kind: 'outage', from: FROM, until: FROM + 3600_000 },
	...{ state: 'found', waitingFor: null, resumesAt: null, foundAt: FROM, repairedAt: null },
	...{ note: null, runs: [] },
};
const run = (told: number): Gap['runs'][number] => ({
	...{ id: 'r', entity: 'contact', status: 'succeeded', startedAt: FROM, finishedAt: FROM },
	...{ calls: 1, bytes: 100, seen: 9, told, error: null },
});

describe('a gap, in words', () => {
	it.each(['outage', 'sequence', 'silence', 'disabled'] as const)('says when: %s', (kind) => {
		expect(describeGap({ ...gap, kind })).toMatch(/2026-11-02 09:00 UTC .*2026-11-02 10:00 UTC/);
	});

	it('says what was missed, and that nothing was', () => {
		const repaired = { ...gap, state: 'repaired' as const };

		expect(describeGap({ ...repaired, runs: [run(0)] })).toContain('nothing was missed');
		expect(describeGap({ ...repaired, runs: [run(1)] })).toContain('there was one change');
		expect(describeGap({ ...repaired, runs: [run(2), run(3)] })).toContain('there were 5 changes');
	});

	it.each(['day_budget', 'minute', 'reauth', 'lease', 'failed', 'sync_off'] as const)(
		'says what it waits for: %s',
		(waitingFor) => {
			const resumesAt = waitingFor === 'sync_off' ? null : FROM + 2 * 3600_000;

			const words = describeGap({ ...gap, state: 'waiting', waitingFor, resumesAt });

			expect(words).toMatch(waitingFor === 'sync_off' ? /HUB_SYNC=on/ : /11:00 UTC/);
		},
	);
});
