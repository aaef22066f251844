import { InvalidRequestError } from '../errors/requestErrors';
import type { Replay, ReplayLedger, ReplayRange } from '../relay/replayLedger';
import type { WorkspaceLimits } from '../workspaces/workspaceLimits';
import type { Workspace } from '../workspaces/workspaceStore';
import type { Actor } from './Actor';
import type { NoteChange } from './noteChange';

/** Events that go out once more. */
export interface DeliveryReplays {
	/** @returns the delivery that goes out. @throws NotFoundError, ConflictError */
	one(by: Actor, workspace: Receiver, deliveryId: string): Promise<{ readonly id: string }>;
	/**
	 * @param said how a person named the times, for the audit log
	 * @throws InvalidRequestError when the range is empty, QuotaReachedError when too many are under way
	 */
	range(
		by: Actor,
		workspace: Receiver,
		range: ReplayRange,
		said?: { readonly since: string; readonly until?: string },
	): Promise<Replay>;
	/** Those under way first, then the newest. */
	recent(workspace: Receiver, limit: number): Promise<readonly Replay[]>;
	/** How far it is. @throws NotFoundError */
	progress(workspace: Receiver, id: string): Promise<Replay>;
	/** Makes no more of it; what went out is out. @throws NotFoundError */
	cancel(by: Actor, workspace: Receiver, id: string): Promise<Replay>;
}

type Receiver = Pick<Workspace, 'id' | 'slug'>;

export function createDeliveryReplays(deps: {
	readonly replays: ReplayLedger;
	readonly workspaceLimits: Pick<WorkspaceLimits, 'requireRoom'>;
	readonly noteChange: NoteChange;
}): DeliveryReplays {
	const { replays, workspaceLimits, noteChange } = deps;

	return {
		async one(by, { id: workspaceId, slug }, deliveryId) {
			const replay = await replays.replayDelivery(workspaceId, deliveryId);
			await noteChange(by, {
				workspace: slug,
				action: 'delivery.replayed',
				detail: { delivery: deliveryId, replay: replay.id },
			});
			return replay;
		},
		async range(by, { id: workspaceId, slug }, range, said) {
			const { since, until, status = 'all' } = range;
			if (since >= until) throw new InvalidRequestError('until must be later than since');
			await workspaceLimits.requireRoom(
				workspaceId,
				'replays',
				await replays.underWay(workspaceId),
			);
			const replayed = await replays.start(workspaceId, range);
			const iso = (at: number) => new Date(at).toISOString();
			await noteChange(by, {
				workspace: slug,
				action: 'deliveries.replayed',
				detail: {
					what: status,
					...(said ?? { since: iso(since), until: iso(until) }),
					deliveries: String(replayed.deliveries),
					replay: replayed.id,
				},
			});
			return replayed;
		},
		recent: ({ id: workspaceId }, limit) => replays.recent(workspaceId, limit),
		progress: ({ id: workspaceId }, id) => replays.replay(workspaceId, id),
		async cancel(by, { id: workspaceId, slug }, id) {
			const replay = await replays.cancel(workspaceId, id);
			await noteChange(by, {
				workspace: slug,
				action: 'replay.cancelled',
				detail: { replay: id, made: String(replay.made) },
			});
			return replay;
		},
	};
}
