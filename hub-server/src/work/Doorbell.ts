/** A delivery that is due now. A hint, never the truth: that is the ledger's schedule. */
export interface Ring {
	readonly deliveryId: string;
	/** The attempt it is due for, 1 for the first. */
	readonly attempt: number;
}

/** The ring for a delivery that was never attempted. */
export function firstAttempt(deliveryId: string): Ring {
	return { deliveryId, attempt: 1 };
}

/** `alone`: this process hears itself only. `up`, `away`: whether Redis carries the rings of several. */
export type DoorbellState = 'alone' | 'up' | 'away';

/**
 * Tells hubs that deliveries are due, so that nobody has to wait for the next look at the schedule. A
 * ring may be lost, come twice, or come for a delivery that somebody has taken: whoever hears it claims
 * what is due under a lease, and every hub looks at the schedule by itself besides.
 */
export interface Doorbell {
	/**
	 * Rings for each. To be called after the commit that made them due. Returns at once, whatever the
	 * doorbell is made of, and never throws.
	 */
	ring(due: readonly Ring[]): void;
	/** From now on this hub is one of those that hear rings. Called once; `heard` must not throw. */
	answer(heard: (ring: Ring) => void): void;
	state(): DoorbellState;
	/** Hears and rings no more. Idempotent. */
	close(): Promise<void>;
}
