import type { Role, WorkspaceRole } from '../../database/portalTables';

/** A person who may sign in. */
export interface PortalUser {
	readonly id: string;
	readonly email: string;
	readonly name: string;
	/** What they are where `workspaces` says no other; the least of their roles where it lists some. */
	readonly role: Role;
	/** The only workspaces that this person sees, with their role in each, or `'all'`. */
	readonly workspaces: 'all' | readonly RoleInWorkspace[];
	/** Epoch milliseconds. */
	readonly createdAt: number;
	readonly signedInAt: number | null;
	/** That somebody took their second factor away, until they have read it. */
	readonly secondFactorReset: { readonly at: number; readonly by: string } | null;
}

export interface RoleInWorkspace {
	/** Of the workspace. */
	readonly id: string;
	readonly role: WorkspaceRole;
}

/** What somebody may do, and where. */
export type Access = Pick<PortalUser, 'role' | 'workspaces'>;
