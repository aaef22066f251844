import type { WorkspaceStore } from '../workspaces/workspaceStore';

/**
 * The page on which a person connects or reconnects a workspace, by its id: the public one, or the
 * portal's where that is switched off.
 */
export function createConnectLink(
	workspaces: Pick<WorkspaceStore, 'find'>,
	publicUrl: string,
): (workspaceId: string) => Promise<string> {
	return async (workspaceId) => {
		const { slug, connectLink } = await workspaces.find(workspaceId);
		return `${publicUrl}/${connectLink ? `connect/${slug}` : `w/${slug}/organisations`}`;
	};
}
