import type { Config } from '../config/Config';
import type { Stores } from '../hub/openStores';
import { createJoinLinks } from '../portal/access/joinLinks';
import { makeSetUpLink } from '../portal/access/makeSetUpLink';
import { createUserStore } from '../portal/access/userStore';
import { noteCommand } from './noteCommand';

/**
 * A one-time link into the portal, for whoever may run commands on the hub's machine: the first
 * owner's, or one that makes another owner when nobody can sign in any more.
 */
export async function portalLink(stores: Stores, config: Config): Promise<string> {
	const { db } = stores.database;
	const now = Date.now;
	const links = createJoinLinks({ db, now });
	const { publicUrl } = config;
	const setUp = await makeSetUpLink({ users: createUserStore({ db, now }), links, publicUrl });
	if (setUp !== undefined) {
		await noteCommand(stores, { action: 'hub.set_up_link_made' });
		return setUp;
	}

	const token = await links.create({
		kind: 'invitation',
		userId: null,
		role: 'owner',
		workspaces: 'all',
	});
	await noteCommand(stores, { action: 'user.invited', detail: { role: 'owner' } });
	return `${publicUrl}/join/${token}`;
}
