import type { WorkspaceStore } from '../workspaces/workspaceStore';

/** The page on which a person connects or reconnects a workspace, by its id. */
export function createConnectLink(
	workspaces: Pick<WorkspaceStore, 'find'>,
	publicUrl: string,
): (workspaceId: string) => Promise<string> {
	return async (workspaceId) => `${publicUrl}/connect/${(await workspaces.find(workspaceId)).slug}`;
}
