import type { JoinLinks } from './joinLinks';
import type { UserStore } from './userStore';

/**
 * The one-time link with which the first person makes themselves the owner. Ends the links that were
 * made before.
 *
 * @returns undefined when somebody can sign in already
 */
export async function makeSetUpLink(deps: {
	readonly users: Pick<UserStore, 'any'>;
	readonly links: Pick<JoinLinks, 'create'>;
	/** Who asks for it, as people read it. */
	readonly by: string;
	/** Without a trailing slash. */
	readonly publicUrl: string;
}): Promise<string | undefined> {
	if (await deps.users.any()) return undefined;
	const token = await deps.links.create(
		{ kind: 'set_up', userId: null, role: 'owner', workspaces: 'all' },
		{ id: null, name: deps.by },
	);
	return `${deps.publicUrl}/join/${token}`;
}
