import { join } from 'node:path';

export interface ClockMove {
	/** Default: 0. */
	readonly aheadMs?: number;
	/** How often as fast as real time. Default: 1. */
	readonly speed?: number;
}

/** What a process is started with whose time is moved; together, all of them have the same time. */
export function movedClock({ aheadMs = 0, speed = 1 }: ClockMove) {
	return {
		nodeArgs: ['--require', join(__dirname, 'moveClock.cjs')],
		env: {
			CLOCK_AHEAD_MS: String(aheadMs),
			CLOCK_SPEED: String(speed),
			CLOCK_BEGAN: String(Date.now()),
		},
	};
}
