import { InvalidFieldsError } from '../errors/requestErrors';
import type { HubQuotas, WorkspaceQuotas } from '../config/quotas';
import type { NewWorkspace, Workspace, WorkspaceStore } from '../workspaces/workspaceStore';
import type { Actor } from './Actor';
import type { NoteChange } from './noteChange';

/** Workspaces, as they are made and set. */
export interface WorkspaceChanges {
	/** @throws ConflictError when the slug is taken */
	create(by: Actor, wish: NewWorkspace): Promise<Workspace>;
	/**
	 * What is not given stays.
	 *
	 * @throws NotFoundError
	 * @throws InvalidFieldsError for a plan that there is not, or to open a public link anew
	 */
	change(by: Actor, slug: string, change: WorkspaceSettings): Promise<Workspace>;
	/** @throws NotFoundError */
	endPublicLink(by: Actor, slug: string): Promise<void>;
}

export type WorkspaceSettings = Parameters<WorkspaceStore['update']>[1];

export function createWorkspaceChanges(deps: {
	readonly workspaces: Pick<WorkspaceStore, 'create' | 'get' | 'update'>;
	readonly quotas: Pick<HubQuotas, 'plans'>;
	readonly noteChange: NoteChange;
}): WorkspaceChanges {
	const { workspaces, noteChange } = deps;

	function requirePlan({ plan }: WorkspaceQuotas): void {
		const plans = Object.keys(deps.quotas.plans);
		if (plan === undefined || plans.includes(plan)) return;
		const known = plans.length === 0 ? 'none is set' : `there are ${plans.join(', ')}`;
		const message = `is no plan of this hub's HUB_QUOTA_PLANS: ${known}`;
		throw new InvalidFieldsError([{ field: 'quotas.plan', message }]);
	}

	async function requirePublicLink(slug: string): Promise<void> {
		if ((await workspaces.get(slug)).connectLink) return;
		const message =
			'is not switched on any more: anybody could guess that address. Make a connect link instead, with POST …/connect-links or on the page of the organisations';
		throw new InvalidFieldsError([{ field: 'connectLink', message }]);
	}

	return {
		async create(by, wish) {
			const workspace = await workspaces.create(wish);
			const { slug, name } = workspace;
			await noteChange(by, { workspace: slug, action: 'workspace.created', detail: { name } });
			return workspace;
		},
		async change(by, slug, change) {
			const { name, n8nBaseUrls, connectLink, returnOrigins, quotas } = change;
			if (quotas !== undefined) requirePlan(quotas);
			if (connectLink === true) await requirePublicLink(slug);
			const changed = await workspaces.update(slug, change);
			await noteChange(by, {
				workspace: slug,
				action: 'workspace.changed',
				detail: {
					...(name !== undefined && { name }),
					...(n8nBaseUrls !== undefined && { n8n: n8nBaseUrls.join(' ') }),
					...(connectLink !== undefined && { connectLink: connectLink ? 'on' : 'off' }),
					...(returnOrigins !== undefined && { returnOrigins: returnOrigins.join(' ') }),
					...(quotas !== undefined && { quotas: JSON.stringify(quotas) }),
				},
			});
			return changed;
		},
		async endPublicLink(by, slug) {
			await workspaces.update(slug, { connectLink: false });
			await noteChange(by, { workspace: slug, action: 'connect_link.disabled' });
		},
	};
}
