import type { CountAsTold } from './startWorkflow';
import { WATCHED_LISTS, type WatchedList } from './watchedLists';

/** What a node asks for. */
export interface Watching {
	/** Event types. */
	readonly events: ReadonlySet<string>;
	/** Tenant ids; empty for all that the connection reaches. */
	readonly organisations: ReadonlySet<string>;
	readonly everyMinutes: number;
	readonly countAsTold: CountAsTold;
}

/** The lists that have to be read for these event types. */
export function watchedBy(events: ReadonlySet<string>): readonly WatchedList[] {
	const entities = new Set([...events].map(entityOfType));
	return WATCHED_LISTS.filter((list) => list.entities.some((entity) => entities.has(entity)));
}

export function entityOfType(type: string): string {
	return type.slice(0, type.indexOf('.'));
}
