import type { WhileUnpublished } from '../../hub-server/protocol';
import type { CountAsTold } from './startWorkflow';

/** What a node asks the hub for. */
export interface HubWatching {
	/** Event types. */
	readonly events: readonly string[];
	/** Tenant ids; empty for all of the workspace. */
	readonly organisations: readonly string[];
	readonly hydrate: boolean;
	readonly whileUnpublished: WhileUnpublished;
	readonly everyMinutes: number;
	readonly countAsTold: CountAsTold;
}
