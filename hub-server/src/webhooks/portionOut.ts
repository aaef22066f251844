/** What waits of one payload. */
export interface WaitingEvents<Event> {
	readonly workspaceId: string;
	readonly events: readonly Event[];
}

/**
 * How many of each payload's events one round takes, so that a round stays short whatever is sent and
 * whoever subscribes: the budget is shared equally by the workspaces, in the order of their payloads.
 * What a workspace leaves over is nobody's; a round follows at once. A workspace's first event always
 * goes, though it may cost more than the share.
 *
 * @param costOf what one event will write
 */
export function portionOut<Event>(
	payloads: readonly WaitingEvents<Event>[],
	costOf: (event: Event, workspaceId: string) => number,
	budget: number,
): readonly number[] {
	const workspaces = new Set(payloads.map(({ workspaceId }) => workspaceId));
	const share = budget / Math.max(1, workspaces.size);
	const spent = new Map<string, number>();
	return payloads.map(({ workspaceId, events }) => {
		let portion = 0;
		for (const event of events) {
			const before = spent.get(workspaceId) ?? 0;
			const after = before + costOf(event, workspaceId);
			if (before > 0 && after > share) {
				// Whatever follows of this workspace waits too: its payloads are routed in their order.
				spent.set(workspaceId, Infinity);
				break;
			}
			spent.set(workspaceId, after);
			portion += 1;
		}
		return portion;
	});
}
