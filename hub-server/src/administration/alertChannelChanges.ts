import { InvalidRequestError } from '../errors/requestErrors';
import type { ChannelView, ChannelWish } from '../notices/AlertChannel';
import type { ChannelStore } from '../notices/channelStore';
import type { Workspace } from '../workspaces/workspaceStore';
import type { Actor } from './Actor';
import type { NoteChange } from './noteChange';

/** Where a workspace's alerts go besides its pages. */
export interface AlertChannelChanges {
	/**
	 * @param wishes all of them: new ones, and the ids of those that stay
	 * @returns the channels, and the secrets of the new webhooks by the channel's id
	 * @throws HubError when alerts may not go there, NotFoundError for an id that there is not
	 */
	replace(
		by: Actor,
		workspace: Holder,
		wishes: ReadonlyArray<ChannelWish | { readonly id: string }>,
	): Promise<{
		readonly channels: readonly ChannelView[];
		readonly secrets: ReadonlyMap<string, string>;
	}>;
}

type Holder = Pick<Workspace, 'id' | 'slug'>;

export function createAlertChannelChanges(deps: {
	readonly alertChannels: Pick<ChannelStore, 'list' | 'replace'>;
	/** @throws HubError when nothing may be sent to the URL */
	checkTarget(workspaceId: string, url: string): Promise<void>;
	readonly sendsMail: boolean;
	/** Told after a change: a new channel is told at once of what is open. */
	onChannelsChanged?(): void;
	readonly noteChange: NoteChange;
}): AlertChannelChanges {
	const { alertChannels, noteChange } = deps;

	async function check(workspaceId: string, wish: ChannelWish): Promise<void> {
		if (wish.kind !== 'email') await deps.checkTarget(workspaceId, wish.url);
		else if (!deps.sendsMail) {
			throw new InvalidRequestError(
				'This hub sends no e-mail. Ask its operator to set HUB_SMTP_URL, or use a webhook.',
			);
		}
	}

	return {
		async replace(by, { id: workspaceId, slug }, wishes) {
			for (const wish of wishes) if (!('id' in wish)) await check(workspaceId, wish);
			const secrets = await alertChannels.replace(workspaceId, wishes);
			deps.onChannelsChanged?.();
			const channels = await alertChannels.list(workspaceId);
			await noteChange(by, {
				workspace: slug,
				action: 'alert_channels.saved',
				detail: { channels: channels.map(({ kind, target }) => `${kind} ${target}`).join('; ') },
			});
			return { channels, secrets };
		},
	};
}
