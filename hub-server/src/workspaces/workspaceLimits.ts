import { QuotaReachedError } from '../errors/requestErrors';
import { quotasOf, type HubQuotas, type QuotaName, type Quotas } from '../config/quotas';
import type { WorkspaceStore } from './workspaceStore';

/** What holds a workspace to its quotas. */
export interface WorkspaceLimits {
	/** @throws NotFoundError */
	of(workspaceId: string): Promise<Quotas>;
	/**
	 * @param have how many there are already
	 * @throws QuotaReachedError when one more would be too many
	 */
	requireRoom(workspaceId: string, quota: QuotaName, have: number): Promise<void>;
}

export function createWorkspaceLimits(deps: {
	readonly workspaces: Pick<WorkspaceStore, 'find'>;
	readonly quotas: HubQuotas;
}): WorkspaceLimits {
	const of = async (workspaceId: string) =>
		quotasOf(deps.quotas, (await deps.workspaces.find(workspaceId)).quotas);
	return {
		of,
		async requireRoom(workspaceId, quota, have) {
			const limit = (await of(workspaceId))[quota];
			if (have >= limit) throw new QuotaReachedError(quota, limit);
		},
	};
}
