import type { Role } from '../../database/portalTables';
import type { PortalUser } from './PortalUser';

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

/** Whether the person's role allows it, wherever they may look. */
export function isAllowed({ role }: Pick<PortalUser, 'role'>, permission: Permission): boolean {
	return PERMISSIONS[role].includes(permission);
}

/** Whether the person may know that the workspace exists. */
export function seesWorkspace(
	{ workspaces }: Pick<PortalUser, 'workspaces'>,
	workspaceId: string,
): boolean {
	return workspaces === 'all' || workspaces.includes(workspaceId);
}
