import type { SubscriptionCreated, SubscriptionRequest } from '../../protocol';
import type { SubscriptionStore } from '../subscriptions/subscriptionStore';
import type { WorkspaceLimits } from '../workspaces/workspaceLimits';
import type { Workspace } from '../workspaces/workspaceStore';
import type { Actor } from './Actor';
import type { NoteChange } from './noteChange';

/** What workflows want and where. */
export interface SubscriptionChanges {
	/**
	 * Idempotent by URL.
	 *
	 * @throws HubError when deliveries may not go there, QuotaReachedError when there is one too many
	 */
	save(
		by: Actor,
		workspace: Subscriber,
		wish: SubscriptionRequest,
	): Promise<{ readonly isNew: boolean; readonly subscription: SubscriptionCreated }>;
	/** What still waited is cancelled. @throws NotFoundError */
	remove(by: Actor, workspace: Subscriber, id: string): Promise<void>;
	/** The old secret signs too for a day. @throws NotFoundError */
	rotateSecret(by: Actor, workspace: Subscriber, id: string): Promise<SubscriptionCreated>;
}

type Subscriber = Pick<Workspace, 'id' | 'slug'>;

export function createSubscriptionChanges(deps: {
	readonly subscriptions: Pick<
		SubscriptionStore,
		'list' | 'subscribe' | 'unsubscribe' | 'rotateSecret'
	>;
	readonly workspaceLimits: Pick<WorkspaceLimits, 'requireRoom'>;
	/** @throws HubError when deliveries may not go to the URL */
	checkTarget(workspaceId: string, url: string): Promise<void>;
	readonly noteChange: NoteChange;
}): SubscriptionChanges {
	const { subscriptions, workspaceLimits, noteChange } = deps;

	/** Not to the last one: what is asked for at the same moment may come to a few more. */
	async function requireRoom(workspaceId: string, { url }: SubscriptionRequest): Promise<void> {
		const held = await subscriptions.list(workspaceId);
		if (held.some((subscription) => subscription.url === url)) return;
		await workspaceLimits.requireRoom(workspaceId, 'subscriptions', held.length);
	}

	return {
		async save(by, { id: workspaceId, slug }, wish) {
			await deps.checkTarget(workspaceId, wish.url);
			await requireRoom(workspaceId, wish);
			const saved = await subscriptions.subscribe(workspaceId, wish);
			await noteChange(by, { workspace: slug, action: 'subscription.saved' });
			return saved;
		},
		async remove(by, { id: workspaceId, slug }, id) {
			await subscriptions.unsubscribe(workspaceId, id);
			await noteChange(by, { workspace: slug, action: 'subscription.removed' });
		},
		async rotateSecret(by, { id: workspaceId, slug }, id) {
			const rotated = await subscriptions.rotateSecret(workspaceId, id);
			await noteChange(by, { workspace: slug, action: 'subscription.secret_rotated' });
			return rotated;
		},
	};
}
