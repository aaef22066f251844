import type { Faults } from '../faults/Faults';
import type { Limits } from '../limits/Limits';
import type { Random } from '../world/random';
import type { ChangeEvent } from '../world/Transaction';
import type { World } from '../world/World';

/** What every part of the sandbox is given. */
export interface SandboxContext {
	readonly world: World;
	/** The sandbox's clock: milliseconds since 1970, UTC. */
	readonly now: () => number;
	readonly random: Random;
	/** Where the sandbox listens, without a trailing slash. */
	readonly baseUrl: () => string;
	readonly faults: () => Faults;
	readonly limits: () => Limits;
	/** Tells the connected apps of committed changes, and keeps the state. */
	readonly committed: (tenantId: string, events: readonly ChangeEvent[]) => void;
	/** Asks for the state to be kept; changes outside an organisation's books. */
	readonly changed: () => void;
}
