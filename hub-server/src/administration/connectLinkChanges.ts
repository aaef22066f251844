import type { ConnectLink, ConnectLinks } from '../connect/connectLinks';
import type { OnConnect } from '../database/tables';
import type { Workspace } from '../workspaces/workspaceStore';
import type { Actor } from './Actor';
import type { NoteChange } from './noteChange';

/** The links with which somebody without an account connects an organisation. */
export interface ConnectLinkChanges {
	/**
	 * It ends with the admin key that makes it, and of a person of the portal with their access.
	 *
	 * @param userId of that person
	 * @returns its address, which is shown this once
	 */
	create(by: Actor, workspace: Holder, wish: ConnectLinkWish, userId?: string): Promise<MadeLink>;
	/** Idempotent. @throws NotFoundError */
	end(by: Actor, workspace: Holder, id: string): Promise<void>;
}

export interface ConnectLinkWish {
	readonly onConnect: OnConnect;
	readonly once: boolean;
	/** Epoch milliseconds. */
	readonly expiresAt: number;
}

export interface MadeLink {
	readonly link: ConnectLink;
	readonly url: string;
}

type Holder = Pick<Workspace, 'id' | 'slug'>;

export function createConnectLinkChanges(deps: {
	readonly connectLinks: Pick<ConnectLinks, 'create' | 'end'>;
	/** Without a trailing slash. */
	readonly publicUrl: string;
	readonly noteChange: NoteChange;
}): ConnectLinkChanges {
	const { connectLinks, publicUrl, noteChange } = deps;
	return {
		async create(by, { id: workspaceId, slug }, wish, userId) {
			const { link, token } = await connectLinks.create(workspaceId, {
				...wish,
				...{ madeBy: by.name, userId, adminKeyId: by.adminKeyId },
			});
			await noteChange(by, {
				workspace: slug,
				action: 'connect_link.created',
				detail: {
					id: link.id,
					onConnect: link.onConnect,
					uses: link.once ? 'once' : 'many',
					until: new Date(link.expiresAt).toISOString(),
				},
			});
			return { link, url: `${publicUrl}/connect/${slug}/${token}` };
		},
		async end(by, { id: workspaceId, slug }, id) {
			await connectLinks.end(workspaceId, id);
			await noteChange(by, { workspace: slug, action: 'connect_link.ended', detail: { id } });
		},
	};
}
