import type { Doorbell, Ring } from './Doorbell';

/** For a hub without Redis: each ring is heard at once, and by this process alone. */
export function createInProcessDoorbell(): Doorbell {
	let hear: (ring: Ring) => void = () => {};
	return {
		ring: (due) => due.forEach((ring) => hear(ring)),
		answer(heard) {
			hear = heard;
		},
		state: () => 'alone',
		async close() {
			hear = () => {};
		},
	};
}
