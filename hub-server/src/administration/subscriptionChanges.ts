import {
	DERIVED_EVENT_TYPES,
	type SubscriptionCreated,
	type SubscriptionRequest,
	type SubscriptionView,
} from '../../protocol';
import { InvalidFieldsError } from '../errors/requestErrors';
import { SyncOffError } from '../errors/syncErrors';
import type { ProbeTrigger } from '../relay/probeTrigger';
import { addressOf } from '../subscriptions/addressOf';
import type { SendSample } from '../relay/sendSample';
import type { DeletedAt, SubscriptionStore } from '../subscriptions/subscriptionStore';
import type { Baseline } from '../sync/baselines';
import type { SyncSide } from '../sync/SyncSide';
import type { WorkspaceLimits } from '../workspaces/workspaceLimits';
import type { Workspace } from '../workspaces/workspaceStore';
import type { Actor } from './Actor';
import type { NoteChange } from './noteChange';

/** What workflows want and where. */
export interface SubscriptionChanges {
	/**
	 * Idempotent by trigger and origin, or by URL. A trigger that has another address is asked there: where it
	 * answers this one is of a copy of n8n and gets a subscription of its own, else n8n has moved.
	 *
	 * @throws HubError when deliveries may not go there, QuotaReachedError when there is one too many,
	 * InvalidFieldsError when it asks for a sample and is not for tests, SyncOffError when it asks for a derived
	 * type of a hub that knows no former state. Xero is asked what the first reading of what it compares with costs.
	 */
	save(
		by: Actor,
		workspace: Subscriber,
		wish: SubscriptionRequest,
	): Promise<{
		readonly isNew: boolean;
		readonly subscription: SubscriptionCreated;
		readonly baselines: readonly Baseline[];
	}>;
	/**
	 * The trigger was unpublished: what waits is kept for it.
	 *
	 * @throws NotFoundError
	 * @throws SubscriptionElsewhereError when that is about another address or an earlier publishing
	 */
	park(by: Actor, workspace: Subscriber, id: string, at: DeletedAt): Promise<void>;
	/** What still waited is cancelled. @throws NotFoundError */
	discard(by: Actor, workspace: Subscriber, id: string): Promise<void>;
	/**
	 * By hand: n8n has another address, or another subscription takes the queue.
	 *
	 * @param to the id of a subscription, a whole URL, or n8n's base URL, which takes the place of scheme,
	 * host and port
	 * @param ofInstance with every subscription of the same n8n instance at the same origin; `to` is a base URL
	 * @returns those that were moved, or the one that took the queue
	 * @throws HubError when deliveries may not go there
	 * @throws NotFoundError
	 * @throws ConflictError as the store says
	 */
	move(
		by: Actor,
		workspace: Subscriber,
		id: string,
		wish: { readonly to: string; readonly ofInstance?: boolean | undefined },
	): Promise<readonly SubscriptionView[]>;
	/** The old secret signs too for a day. @throws NotFoundError */
	rotateSecret(by: Actor, workspace: Subscriber, id: string): Promise<SubscriptionCreated>;
}

type Subscriber = Pick<Workspace, 'id' | 'slug'>;

export function createSubscriptionChanges(deps: {
	readonly subscriptions: Omit<SubscriptionStore, 'signingSecrets'>;
	readonly probeTrigger: ProbeTrigger;
	readonly workspaceLimits: Pick<WorkspaceLimits, 'requireRoom'>;
	/** @throws HubError when deliveries may not go to the URL */
	checkTarget(workspaceId: string, url: string): Promise<void>;
	readonly sendSample: SendSample;
	/** Absent: this hub has no sync. */
	readonly sync?: Pick<SyncSide, 'serve' | 'baselinesOf'> | undefined;
	readonly noteChange: NoteChange;
}): SubscriptionChanges {
	const { subscriptions, probeTrigger, workspaceLimits, noteChange } = deps;

	/** Not to the last one: what is asked for at the same moment may come to a few more. */
	async function requireRoom(workspaceId: string, isKnown: (one: SubscriptionView) => boolean) {
		const held = await subscriptions.list(workspaceId);
		if (held.some(isKnown)) return;
		await workspaceLimits.requireRoom(workspaceId, 'subscriptions', held.length);
	}

	async function subscribe(workspaceId: string, wish: SubscriptionRequest) {
		const address = addressOf(wish);
		const isThere = ({ url }: SubscriptionView) => url === address;
		await requireRoom(workspaceId, (one) => isThere(one) || isSameTrigger(one, wish));
		const asked = await subscriptions.subscribe(workspaceId, wish);
		if (asked.kind === 'saved') return asked;
		// One that pulls too has shown that it is running.
		const arePulling = wish.delivery === 'pull' && asked.at.some((one) => one.url === address);
		const answers = await Promise.all(asked.at.map((one) => probeTrigger(workspaceId, one)));
		const settled = arePulling || answers.includes(true) ? 'clone' : 'moved';
		// A copy of n8n is one more.
		if (settled === 'clone') {
			await requireRoom(workspaceId, arePulling ? () => false : isThere);
		}
		const saved = await subscriptions.subscribe(workspaceId, wish, settled);
		if (saved.kind === 'elsewhere') throw new Error('A settled create was not saved.');
		return saved;
	}

	async function moveTo(workspaceId: string, moved: readonly SubscriptionView[], base: URL) {
		const wanted = moved.map(({ id, url }) => ({ id, url: moveUrl(url, base) }));
		for (const { url } of wanted) await deps.checkTarget(workspaceId, url);
		const done: SubscriptionView[] = [];
		for (const { id, url } of wanted) done.push(await subscriptions.move(workspaceId, id, url));
		return done;
	}

	async function move(
		workspaceId: string,
		id: string,
		{ to, ofInstance = false }: { readonly to: string; readonly ofInstance?: boolean | undefined },
	): Promise<readonly SubscriptionView[]> {
		const one = await subscriptions.get(workspaceId, id);
		if (!URL.canParse(to)) return [await subscriptions.adopt(workspaceId, id, to)];
		const all = ofInstance ? await subscriptions.list(workspaceId) : [];
		const siblings = all.filter((other) => other.id !== id && areSiblings(one, other));
		return moveTo(workspaceId, [one, ...siblings], new URL(to));
	}

	return {
		async save(by, { id: workspaceId, slug }, wish) {
			if (wish.sample !== undefined && wish.mode !== 'test') {
				throw new InvalidFieldsError([{ field: 'sample', message: 'is for mode "test" only' }]);
			}
			if (wish.sample !== undefined && wish.delivery === 'pull') {
				throw new InvalidFieldsError([{ field: 'sample', message: SAMPLE_IS_SENT }]);
			}
			if (wish.delivery !== 'pull') await deps.checkTarget(workspaceId, addressOf(wish));
			const isDerived = wish.events.some((type) => DERIVED_EVENT_TYPES.includes(type));
			if (isDerived && deps.sync === undefined) throw new SyncOffError();
			const { tenantIds = [] } = wish;
			// First: with too many streams the workflow would be told, and its subscription be there all the same.
			if (wish.mode !== 'test')
				await deps.sync?.serve(workspaceId, { ...wish, tenantIds, filter: wish.filter ?? null });
			const { isNew, subscription } = await subscribe(workspaceId, wish);
			await noteChange(by, { workspace: slug, action: 'subscription.saved' });
			const asksXero = isNew && subscription.mode === 'production';
			const needed = await deps.sync?.baselinesOf(workspaceId, subscription, { asksXero });
			const baselines = needed ?? [];
			const { sample } = wish;
			if (sample === undefined) return { isNew, subscription, baselines };
			void deps.sendSample({ id: workspaceId, slug }, subscription, sample);
			return { isNew, subscription: { ...subscription, sample }, baselines };
		},
		async park(by, { id: workspaceId, slug }, id, at) {
			await subscriptions.park(workspaceId, id, at);
			await noteChange(by, { workspace: slug, action: 'subscription.parked' });
		},
		async discard(by, { id: workspaceId, slug }, id) {
			await subscriptions.discard(workspaceId, id);
			await noteChange(by, { workspace: slug, action: 'subscription.removed' });
		},
		async move(by, { id: workspaceId, slug }, id, wish) {
			const moved = await move(workspaceId, id, wish);
			await noteChange(by, {
				workspace: slug,
				action: 'subscription.moved',
				detail: { to: wish.to },
			});
			return moved;
		},
		async rotateSecret(by, { id: workspaceId, slug }, id) {
			const rotated = await subscriptions.rotateSecret(workspaceId, id);
			await noteChange(by, { workspace: slug, action: 'subscription.secret_rotated' });
			return rotated;
		},
	};
}

/** A base URL takes the place of scheme, host and port; a whole URL is meant as it is. */
function moveUrl(url: string, to: URL): string {
	if (to.pathname !== '/' || to.search !== '') return to.href;
	const { pathname, search } = new URL(url);
	return `${to.origin}${pathname}${search}`;
}

function areSiblings(one: SubscriptionView, other: SubscriptionView): boolean {
	return (
		one.key !== null &&
		other.key !== null &&
		other.mode === 'production' &&
		one.key.instanceId === other.key.instanceId &&
		new URL(one.url).origin === new URL(other.url).origin
	);
}

/** Wherever it is: a copy of n8n counts when it is known to be one. */
function isSameTrigger({ key }: SubscriptionView, wish: SubscriptionRequest): boolean {
	return (
		key !== null &&
		wish.key !== undefined &&
		wish.mode !== 'test' &&
		key.instanceId === wish.key.instanceId &&
		key.workflowId === wish.key.workflowId &&
		key.nodeId === wish.key.nodeId
	);
}

const SAMPLE_IS_SENT = 'is sent, and this subscription is pulled from: read GET /api/v1/events';
