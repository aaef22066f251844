import type { WaitingEvents } from './portionOut';

/** What one portion may write and still count as light: an event or two with a few subscriptions each. */
const LIGHT_ROWS = 50;

/** Which of a round's workspaces go together. */
export type Turn = 'light' | 'heavy';

/**
 * Takes those workspaces out of a round whose turn it is not, so that a change for one workflow is not
 * written together with a change for three hundred. A round in which there is only one kind stays as it
 * is, whoever's turn it is.
 *
 * @param portions as `portionOut` made them
 * @returns the portions, 0 for who waits for the next round, and whose turn that is
 */
export function lightFirst<Event>(
	payloads: readonly WaitingEvents<Event>[],
	portions: readonly number[],
	costOf: (event: Event, workspaceId: string) => number,
	turn: Turn,
): { readonly portions: readonly number[]; readonly next: Turn } {
	const rows = new Map<string, number>();
	payloads.forEach(({ workspaceId, events }, index) => {
		const cost = events
			.slice(0, portions[index])
			.reduce((sum, event) => sum + costOf(event, workspaceId), 0);
		rows.set(workspaceId, (rows.get(workspaceId) ?? 0) + cost);
	});
	const isLight = (workspaceId: string) => (rows.get(workspaceId) ?? 0) <= LIGHT_ROWS;
	const kinds = new Set([...rows.keys()].map(isLight));
	if (kinds.size < 2) return { portions, next: 'light' };
	return {
		portions: payloads.map(({ workspaceId }, index) =>
			isLight(workspaceId) === (turn === 'light') ? (portions[index] ?? 0) : 0,
		),
		next: turn === 'light' ? 'heavy' : 'light',
	};
}
