import type { Role } from '../../database/portalTables';
import type { Access } from './PortalUser';

/**
 * `view` shows pages, `connect` saves app keys, connects, switches organisations and replays,
 * `administer` is for workspaces, API keys, users and the audit log.
 */
export type Permission = 'view' | 'connect' | 'administer';

const PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
	owner: ['view', 'connect', 'administer'],
	connector: ['view', 'connect'],
	viewer: ['view'],
};

/**
 * Whether the person may do it there.
 *
 * @param workspaceId undefined for what is about no workspace, or about all: roles in single ones do
 * not count then
 */
export function isAllowed(
	access: Access,
	permission: Permission,
	workspaceId: string | undefined,
): boolean {
	if (workspaceId === undefined) {
		const role = access.workspaces === 'all' ? access.role : 'viewer';
		return PERMISSIONS[role].includes(permission);
	}
	const role = roleIn(access, workspaceId);
	return role !== undefined && PERMISSIONS[role].includes(permission);
}

/** Whether the person may know that the workspace exists. */
export function seesWorkspace(access: Access, workspaceId: string): boolean {
	return roleIn(access, workspaceId) !== undefined;
}

/** Undefined where the person may not know that the workspace exists. */
export function roleIn({ role, workspaces }: Access, workspaceId: string): Role | undefined {
	if (workspaces === 'all') return role;
	return workspaces.find(({ id }) => id === workspaceId)?.role;
}

/** What is kept as the role of somebody who has several: a hub that knows one only gives no more than that. */
export function leastRole({ role, workspaces }: Access): Role {
	if (workspaces === 'all' || workspaces.length === 0) return role;
	return workspaces.some((one) => one.role === 'viewer') ? 'viewer' : 'connector';
}
