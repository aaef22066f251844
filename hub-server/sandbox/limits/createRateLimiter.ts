import { createHash } from 'node:crypto';
import type { Tier } from '../world/World';
import type { Limits } from './Limits';

export type RateLimitProblem = 'minute' | 'day' | 'concurrent' | 'appminute';

export type RateLimitVerdict =
	| {
			readonly ok: true;
			readonly remaining: {
				readonly day: number;
				readonly minute: number;
				readonly appMinute: number;
			};
			/** Ends the call: gives its place among the concurrent ones back. Harmless when repeated. */
			release(): void;
	  }
	| { readonly ok: false; readonly problem: RateLimitProblem; readonly retryAfterSeconds: number };

export interface RateLimiter {
	/** Counts one call of an app to one organisation. Refused calls are not counted. */
	enter(call: {
		readonly clientId: string;
		readonly tier: Tier;
		readonly tenantId: string;
	}): RateLimitVerdict;
	/** Counts one call that belongs to no organisation. */
	enterApp(clientId: string): { readonly appMinuteRemaining: number };
	reset(): void;
}

/**
 * Fixed windows, as Xero's: they start at a moment that differs from organisation to organisation,
 * not at midnight or at the first call.
 *
 * @see https://developer.xero.com/documentation/guides/oauth2/limits/
 */
export function createRateLimiter(deps: { now(): number; limits(): Limits }): RateLimiter {
	const windows = new Map<string, { index: number; used: number }>();
	const inFlight = new Map<string, number>();
	const offsets = new Map<string, number>();

	function shareOf(name: string): number {
		const offset = offsets.get(name) ?? offsetOf(name);
		offsets.set(name, offset);
		return offset;
	}

	function windowOf(name: string, lengthMs: number) {
		const shifted = deps.now() + shareOf(name) * lengthMs;
		const index = Math.floor(shifted / lengthMs);
		const held = windows.get(name);
		const window = held?.index === index ? held : { index, used: 0 };
		if (window !== held) windows.set(name, window);
		return { window, resetMs: (index + 1) * lengthMs - shifted };
	}

	return {
		enter({ clientId, tier, tenantId }) {
			const limits = deps.limits();
			const key = `${clientId} ${tenantId}`;
			const dayLimit = limits.day ?? (tier === 'starter' ? 1_000 : 5_000);

			const day = windowOf(`day ${key}`, limits.windowMs * 1_440);
			const minute = windowOf(`minute ${key}`, limits.windowMs);
			const app = windowOf(`app ${clientId}`, limits.windowMs);
			const running = inFlight.get(key) ?? 0;

			const refusal = (problem: RateLimitProblem, resetMs: number): RateLimitVerdict => ({
				ok: false,
				problem,
				retryAfterSeconds: Math.max(1, Math.ceil(resetMs / 1_000)),
			});
			if (running >= limits.concurrent) return refusal('concurrent', 1_000);
			if (day.window.used >= dayLimit) return refusal('day', day.resetMs);
			if (minute.window.used >= limits.minute) return refusal('minute', minute.resetMs);
			if (app.window.used >= limits.appMinute) return refusal('appminute', app.resetMs);

			day.window.used += 1;
			minute.window.used += 1;
			app.window.used += 1;
			inFlight.set(key, running + 1);

			let released = false;
			return {
				ok: true,
				remaining: {
					day: dayLimit - day.window.used,
					minute: limits.minute - minute.window.used,
					appMinute: limits.appMinute - app.window.used,
				},
				release() {
					if (released) return;
					released = true;
					const left = (inFlight.get(key) ?? 1) - 1;
					if (left > 0) inFlight.set(key, left);
					else inFlight.delete(key);
				},
			};
		},
		enterApp(clientId) {
			const limits = deps.limits();
			const { window } = windowOf(`app ${clientId}`, limits.windowMs);
			window.used += 1;
			return { appMinuteRemaining: Math.max(0, limits.appMinute - window.used) };
		},
		reset() {
			windows.clear();
		},
	};
}

/** A fixed share of a window, in [0, 1), by which its start is moved. */
function offsetOf(name: string): number {
	return createHash('sha256').update(name).digest().readUInt32BE(0) / 2 ** 32;
}
