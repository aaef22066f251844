import { freshPace, type OrgPace, type PaceLimits } from './orgPace';
import type { PaceStore } from './PaceStore';

/** For the one process that owns a SQLite ledger. */
export function createMemoryPaceStore(limits: PaceLimits): PaceStore {
	const paces = new Map<string, OrgPace>();
	return {
		pollMs: undefined,
		read: async () => paces,
		async update(org, change) {
			const { pace, answer } = change(paces.get(org) ?? freshPace(limits));
			if (pace !== undefined) paces.set(org, pace);
			return answer;
		},
	};
}
