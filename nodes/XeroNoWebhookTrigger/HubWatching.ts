import type { EventWish } from '../XeroTrigger/eventWish';
import type { CountAsTold } from './startWorkflow';

/** What a node asks the hub for. */
export interface HubWatching {
	readonly wish: EventWish;
	readonly everyMinutes: number;
	readonly countAsTold: CountAsTold;
}
