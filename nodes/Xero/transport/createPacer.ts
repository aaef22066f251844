import { readRateLimit } from '../../../hub-server/protocol/xero';
import type { XeroReply } from '../messages/XeroReply';

/** Lets calls of one organisation through as fast as Xero takes them. */
export interface Pacer {
	/** Resolves when the next call may leave. Each call that left must be reported. */
	enter(): Promise<void>;
	/** What the call was answered: Xero's headers say how many are left. */
	leave(reply: XeroReply): void;
}

export interface PacerDeps {
	/** Waits, in milliseconds. */
	readonly sleep: (ms: number) => Promise<void>;
	/** Unix milliseconds. */
	readonly now: () => number;
}

/** Xero's limit for one organisation and app. */
export const MAX_IN_FLIGHT = 5;

/**
 * Five calls in flight. When the minute is used up, one call goes ahead and finds out how long it
 * lasts; the others wait with it instead of being refused one by one.
 *
 * @see https://developer.xero.com/documentation/guides/oauth2/limits/
 */
export function createPacer({ sleep, now }: PacerDeps): Pacer {
	let inFlight = 0;
	let isUsedUp = false;
	let blockedUntil = 0;
	const waiting: Array<() => void> = [];

	return {
		async enter() {
			for (;;) {
				const blockedMs = blockedUntil - now();
				if (blockedMs > 0) {
					await sleep(blockedMs);
				} else if (inFlight >= (isUsedUp ? 1 : MAX_IN_FLIGHT)) {
					await new Promise<void>((resolve) => waiting.push(resolve));
				} else {
					inFlight += 1;
					return;
				}
			}
		},
		leave(reply) {
			inFlight -= 1;
			if (reply.kind === 'answered') {
				const remaining = reply.headers['x-minlimit-remaining'];
				if (remaining !== undefined) isUsedUp = Number(remaining) <= 0;
				if (reply.status === 429) {
					const { problem, retryAfterSeconds } = readRateLimit(reply.headers);
					isUsedUp = problem === 'minute';
					if (problem === 'minute' && retryAfterSeconds !== undefined) {
						blockedUntil = Math.max(blockedUntil, now() + retryAfterSeconds * 1000);
					}
				}
			}
			waiting.splice(0).forEach((wake) => wake());
		},
	};
}
