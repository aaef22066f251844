import type { OidcConfig } from '../../config/Config';
import type { Role, WorkspaceRole } from '../../database/portalTables';
import type { Access } from './PortalUser';
import { leastRole } from './permissions';

/**
 * What the groups of a person let them do: in each workspace the most that one of the groups gives, for the whole hub or
 * for that workspace. A workspace that this hub does not have is passed over.
 *
 * @param workspaces all that the hub has. Who sees the whole hub and may do more in single ones is given each of these,
 * and those that are made later at the next sign-in
 * @returns undefined where the groups give nothing here
 */
export function accessByGroups(
	{ roles, workspaceRoles }: Pick<OidcConfig, 'roles' | 'workspaceRoles'>,
	groups: readonly string[],
	workspaces: readonly { readonly id: string; readonly slug: string }[],
): Access | undefined {
	const everywhere = most<Role>(groups.map((group) => roles.get(group)));
	const single = workspaces.flatMap(({ id, slug }) => {
		const role = most<WorkspaceRole>(groups.map((group) => workspaceRoles.get(group)?.get(slug)));
		return role === undefined ? [] : [{ id, role }];
	});
	if (everywhere !== undefined) {
		const more = new Map(single.filter(({ role }) => isMore(role, everywhere)).map(byId));
		if (everywhere !== 'viewer' || more.size === 0) return { role: everywhere, workspaces: 'all' };
		return listed(workspaces.map(({ id }) => ({ id, role: more.get(id) ?? everywhere })));
	}
	return single.length === 0 ? undefined : listed(single);
}

const FROM_MOST: readonly Role[] = ['owner', 'connector', 'viewer'];

function most<Given extends Role>(given: readonly (Given | undefined)[]): Given | undefined {
	return FROM_MOST.find((role): role is Given => given.includes(role as Given));
}

function isMore(role: Role, than: Role): boolean {
	return FROM_MOST.indexOf(role) < FROM_MOST.indexOf(than);
}

function byId({ id, role }: { readonly id: string; readonly role: WorkspaceRole }) {
	return [id, role] as const;
}

function listed(workspaces: readonly { readonly id: string; readonly role: WorkspaceRole }[]) {
	return { role: leastRole({ role: 'viewer', workspaces }), workspaces };
}
