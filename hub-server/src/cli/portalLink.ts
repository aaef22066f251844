import type { Config } from '../config/Config';
import type { Stores } from '../hub/openStores';
import { createJoinLinks } from '../portal/access/joinLinks';
import { makeSetUpLink } from '../portal/access/makeSetUpLink';
import { createUserStore } from '../portal/access/userStore';
import { COMMAND_LINE, openAdministration } from './openAdministration';

/**
 * A one-time link into the portal, for whoever may run commands on the hub's machine: the first
 * owner's, or one that makes another owner when nobody can sign in any more.
 */
export async function portalLink(stores: Stores, config: Config): Promise<string> {
	const { db } = stores.database;
	const { publicUrl } = config;
	const { noteChange } = openAdministration(stores, config);
	const now = Date.now;
	const links = createJoinLinks({ db, now });
	const by = COMMAND_LINE.name;
	const setUp = await makeSetUpLink({ users: createUserStore({ db, now }), links, by, publicUrl });
	if (setUp !== undefined) {
		await noteChange(COMMAND_LINE, { action: 'hub.set_up_link_made' });
		return setUp;
	}

	const token = await links.create(
		{ kind: 'invitation', userId: null, role: 'owner', workspaces: 'all' },
		{ id: null, name: by },
	);
	await noteChange(COMMAND_LINE, { action: 'user.invited', detail: { role: 'owner' } });
	return `${publicUrl}/join/${token}`;
}
