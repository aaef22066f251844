import type { Uptime } from '../../clock';
import { freshPace, type OrgPace, type PaceLimits } from './orgPace';
import type { PaceStore } from './PaceStore';

/** For the one process that owns a SQLite ledger: its clock is the process's uptime. */
export function createMemoryPaceStore(limits: PaceLimits, uptime: Uptime): PaceStore {
	const paces = new Map<string, OrgPace>();
	return {
		pollMs: undefined,
		read: async () => ({ paces, now: uptime() }),
		async update(org, change) {
			const { pace, answer } = change(paces.get(org) ?? freshPace(limits), uptime());
			if (pace !== undefined) paces.set(org, pace);
			return answer;
		},
	};
}
