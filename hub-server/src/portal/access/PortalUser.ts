import type { Role } from '../../database/portalTables';

/** A person who may sign in. */
export interface PortalUser {
	readonly id: string;
	readonly email: string;
	readonly name: string;
	readonly role: Role;
	/** The ids of the only workspaces that this person sees, or `'all'`. */
	readonly workspaces: 'all' | readonly string[];
	/** Epoch milliseconds. */
	readonly createdAt: number;
	readonly signedInAt: number | null;
}
