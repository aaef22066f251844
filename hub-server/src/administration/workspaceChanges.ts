import type { NewWorkspace, Workspace, WorkspaceStore } from '../workspaces/workspaceStore';
import type { Actor } from './Actor';
import type { NoteChange } from './noteChange';

/** Workspaces, as they are made and set. */
export interface WorkspaceChanges {
	/** @throws ConflictError when the slug is taken */
	create(by: Actor, wish: NewWorkspace): Promise<Workspace>;
	/** What is not given stays. @throws NotFoundError */
	change(by: Actor, slug: string, change: WorkspaceSettings): Promise<Workspace>;
	/** @throws NotFoundError */
	switchConnectLink(by: Actor, slug: string, on: boolean): Promise<void>;
}

export type WorkspaceSettings = Parameters<WorkspaceStore['update']>[1];

export function createWorkspaceChanges(deps: {
	readonly workspaces: Pick<WorkspaceStore, 'create' | 'update'>;
	readonly noteChange: NoteChange;
}): WorkspaceChanges {
	const { workspaces, noteChange } = deps;

	return {
		async create(by, wish) {
			const workspace = await workspaces.create(wish);
			const { slug, name } = workspace;
			await noteChange(by, { workspace: slug, action: 'workspace.created', detail: { name } });
			return workspace;
		},
		async change(by, slug, change) {
			const changed = await workspaces.update(slug, change);
			const { name, n8nBaseUrls, connectLink } = change;
			await noteChange(by, {
				workspace: slug,
				action: 'workspace.changed',
				detail: {
					...(name !== undefined && { name }),
					...(n8nBaseUrls !== undefined && { n8n: n8nBaseUrls.join(' ') }),
					...(connectLink !== undefined && { connectLink: connectLink ? 'on' : 'off' }),
				},
			});
			return changed;
		},
		async switchConnectLink(by, slug, on) {
			await workspaces.update(slug, { connectLink: on });
			const action = on ? 'connect_link.enabled' : 'connect_link.disabled';
			await noteChange(by, { workspace: slug, action });
		},
	};
}
