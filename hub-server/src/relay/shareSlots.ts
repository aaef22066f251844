/** What waits for one subscription, or for one organisation. */
export interface DueQueue {
	readonly id: string;
	readonly workspaceId: string;
	/** It keeps failing, so it is tried with one at a time. */
	readonly isProbed: boolean;
}

/** What this process has under way, by the id of a queue or of a workspace. */
export interface InFlight {
	held(id: string): number;
	/** Grows each time that it is served; 0 for never. */
	lastServed(id: string): number;
}

export interface SlotLimits {
	/** Slots that nobody holds. */
	readonly free: number;
	/** At most so many of them are given away now. */
	readonly limit: number;
	/** One queue may hold so many. */
	readonly perQueue: number;
	readonly inFlight: InFlight;
	/** How many a workspace may be given now. Default: as many as there are. */
	readonly mostNow?: ((workspaceId: string) => number) | undefined;
}

/**
 * How many of which queue come next.
 *
 * Each slot goes to the workspace that holds the fewest, and in it to the queue that holds the fewest;
 * among equals to the one that was served longest ago. A workspace may hold no more than are still free
 * (Choudhury and Hahne's dynamic threshold): one alone gets half of all slots, n get an (n + 1)th each,
 * and however many receivers hang, a newcomer finds slots at once.
 *
 * @returns by queue; those that get none are left out
 */
export function shareSlots(
	queues: readonly DueQueue[],
	{ free, limit, perQueue, inFlight, mostNow = () => limit }: SlotLimits,
): ReadonlyMap<string, number> {
	const workspaces = [...Map.groupBy(queues, ({ workspaceId }) => workspaceId)].map(
		([workspaceId, own]) => ({
			held: inFlight.held(workspaceId),
			served: inFlight.lastServed(workspaceId),
			more: mostNow(workspaceId),
			queues: own
				.map(({ id, isProbed }) => ({
					id,
					held: inFlight.held(id),
					served: inFlight.lastServed(id),
					most: isProbed ? 1 : perQueue,
				}))
				.filter(hasRoom),
		}),
	);

	const shares = new Map<string, number>();
	for (let left = free; left > 0 && free - left < limit; left -= 1) {
		const workspace = firstInLine(
			workspaces.filter(({ held, more, queues: own }) => held < left && more > 0 && own.length > 0),
		);
		const queue = workspace && firstInLine(workspace.queues);
		if (workspace === undefined || queue === undefined) break;
		shares.set(queue.id, (shares.get(queue.id) ?? 0) + 1);
		workspace.held += 1;
		workspace.more -= 1;
		queue.held += 1;
		workspace.queues = workspace.queues.filter(hasRoom);
	}
	return shares;
}

interface Holder {
	readonly held: number;
	readonly served: number;
}

function firstInLine<One extends Holder>(holders: readonly One[]): One | undefined {
	let first: One | undefined;
	for (const one of holders) {
		if (first === undefined || comesBefore(one, first)) first = one;
	}
	return first;
}

function comesBefore(one: Holder, other: Holder): boolean {
	return one.held < other.held || (one.held === other.held && one.served < other.served);
}

function hasRoom({ held, most }: { readonly held: number; readonly most: number }): boolean {
	return held < most;
}
