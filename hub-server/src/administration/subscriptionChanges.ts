import type { SubscriptionCreated, SubscriptionRequest } from '../../protocol';
import type { SubscriptionStore } from '../subscriptions/subscriptionStore';
import type { Workspace } from '../workspaces/workspaceStore';
import type { Actor } from './Actor';
import type { NoteChange } from './noteChange';

/** What workflows want and where. */
export interface SubscriptionChanges {
	/** Idempotent by URL. @throws HubError when deliveries may not go there */
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
	readonly subscriptions: Pick<SubscriptionStore, 'subscribe' | 'unsubscribe' | 'rotateSecret'>;
	/** @throws HubError when deliveries may not go to the URL */
	checkTarget(workspaceId: string, url: string): Promise<void>;
	readonly noteChange: NoteChange;
}): SubscriptionChanges {
	const { subscriptions, noteChange } = deps;

	return {
		async save(by, { id: workspaceId, slug }, wish) {
			await deps.checkTarget(workspaceId, wish.url);
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
