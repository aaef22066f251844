/**
 * What is known of one organisation's limits at Xero. Plain data: replicas share it as JSON. Times are
 * milliseconds on the clock of the store that keeps it.
 */
export interface OrgPace {
	/** When the calls of the last minute began, oldest first. */
	readonly starts: readonly number[];
	/** Calls under way. One whose process died counts until its end here. */
	readonly inFlight: readonly { readonly id: string; readonly until: number }[];
	/** Calls a minute: Xero's usual 60, or more where its headers say so. */
	readonly perMinute: number;
	/** Nothing begins before this, at Xero's word. */
	readonly pausedUntil: number;
	/** The day's budget is used up until then. */
	readonly dayUntil: number;
	/** What Xero said last about the day's budget; absent before it said anything. */
	readonly day?: DayLeft | undefined;
}

/** Calls that were left of the day. */
export interface DayLeft {
	readonly left: number;
	/** When Xero said so. */
	readonly at: number;
}

/** Xero's limits for one organisation and app (developer.xero.com, OAuth 2.0 API limits). */
export interface PaceLimits {
	readonly concurrent: number;
	readonly perMinute: number;
	readonly windowMs: number;
}

export const XERO_LIMITS: PaceLimits = { concurrent: 5, perMinute: 60, windowMs: 60_000 };

/** Longer than any call may take, so that only a dead process's call ends by it. */
const CALL_LEASE_MS = 150_000;

export type PaceVerdict =
	| { readonly kind: 'go'; readonly pace: OrgPace }
	/** @property until when to ask again at the earliest; undefined when a call must end first */
	| { readonly kind: 'wait'; readonly limit: 'minute' | 'concurrent'; readonly until?: number }
	| { readonly kind: 'day_spent'; readonly until: number };

/** What an answer of Xero's told about the limits. */
export interface ObservedLimits {
	/** `X-MinLimit-Remaining`. */
	readonly minuteRemaining?: number | undefined;
	/** `X-DayLimit-Remaining`. */
	readonly dayRemaining?: number | undefined;
	/** Of a 429. */
	readonly refusal?:
		| {
				/** `appminute`: of all organisations of the app together. */
				readonly limit: 'minute' | 'appminute' | 'concurrent' | 'day';
				/** How long to keep away, in milliseconds. */
				readonly pauseMs: number;
		  }
		| undefined;
}

export function freshPace({ perMinute }: PaceLimits): OrgPace {
	return { starts: [], inFlight: [], perMinute, pausedUntil: 0, dayUntil: 0 };
}

/**
 * Whether the next call may begin now. Counting back from now keeps any fixed minute of Xero's below
 * its limit, wherever that minute begins.
 */
export function tryStart(
	pace: OrgPace,
	callId: string,
	now: number,
	limits: PaceLimits,
	isBackground = false,
): PaceVerdict {
	const { starts, inFlight, perMinute, pausedUntil, dayUntil } = current(pace, now, limits);
	if (dayUntil > now) return { kind: 'day_spent', until: dayUntil };
	if (pausedUntil > now) return { kind: 'wait', limit: 'minute', until: pausedUntil };
	const share = isBackground ? BACKGROUND_SHARE : 1;
	const most = Math.max(1, Math.floor(perMinute * share));
	if (starts.length >= most) {
		const ends = starts[starts.length - most] ?? now;
		return { kind: 'wait', limit: 'minute', until: ends + limits.windowMs };
	}
	const concurrent = Math.max(1, Math.floor(limits.concurrent * share));
	// Only a 429 tells when the day is over, so one call asks that when none is left.
	const mayRun = Math.min(concurrent, Math.max(1, pace.day?.left ?? Infinity));
	if (inFlight.length >= mayRun) return { kind: 'wait', limit: 'concurrent' };
	return {
		kind: 'go',
		pace: {
			...pace,
			starts: [...starts, now],
			inFlight: [...inFlight, { id: callId, until: now + CALL_LEASE_MS }],
		},
	};
}

/** What runs in the background leaves a third of a minute and two calls at a time to those who wait for answers. */
const BACKGROUND_SHARE = 2 / 3;

/** The call has its answer's head: what that says counts from now on. */
export function learn(
	pace: OrgPace,
	observed: ObservedLimits,
	now: number,
	limits: PaceLimits,
): OrgPace {
	const left = observed.refusal?.limit === 'day' ? 0 : observed.dayRemaining;
	const day = left === undefined ? pace.day : { left, at: now };
	return learnMinute({ ...pace, day }, observed, now, limits);
}

function learnMinute(
	pace: OrgPace,
	{ minuteRemaining, refusal }: ObservedLimits,
	now: number,
	limits: PaceLimits,
): OrgPace {
	if (refusal?.limit === 'day') return { ...pace, dayUntil: now + refusal.pauseMs };
	if (refusal !== undefined) {
		const pausedUntil = Math.max(pace.pausedUntil, now + refusal.pauseMs);
		return { ...pace, pausedUntil, perMinute: limits.perMinute };
	}
	if (minuteRemaining === undefined) return pace;
	if (minuteRemaining === 0) {
		// Someone else uses this app too. Xero's minute ends a minute after our oldest call at the latest.
		const [oldest = now] = current(pace, now, limits).starts;
		return { ...pace, pausedUntil: Math.max(pace.pausedUntil, oldest + limits.windowMs) };
	}
	// Xero lifts the limit for a while after a new connection ("Rapid Sync").
	return { ...pace, perMinute: Math.max(limits.perMinute, minuteRemaining + 1) };
}

/** The call has ended. */
export function finish(pace: OrgPace, callId: string): OrgPace {
	return { ...pace, inFlight: pace.inFlight.filter(({ id }) => id !== callId) };
}

/** The call never reached Xero: as if it had not begun. */
export function withdraw(pace: OrgPace, callId: string): OrgPace {
	return { ...finish(pace, callId), starts: pace.starts.slice(0, -1) };
}

/**
 * When a call can begin that waits behind `ahead` others, as far as the minute limit decides it.
 *
 * @returns not before now
 */
export function expectedStart(
	pace: OrgPace,
	ahead: number,
	now: number,
	limits: PaceLimits,
): number {
	const { starts, perMinute, pausedUntil } = current(pace, now, limits);
	const earliest = Math.max(now, pausedUntil);
	const place = starts.length + ahead;
	const round = Math.floor(place / perMinute);
	const before = starts[place % perMinute] ?? earliest;
	return Math.max(earliest, before + round * limits.windowMs);
}

/** Longer than Xero ever says to keep away from a minute's limit. */
const LONGEST_PAUSE_MS = 15 * 60_000;

/** Longer than a day's budget is spent. */
const LONGEST_DAY_MS = 25 * 3600_000;

/**
 * Without what is over, and without what can only be there because the store's clock was set back: a
 * call that began a whole window from now, or an end that lies beyond the longest wait.
 */
function current(pace: OrgPace, now: number, { windowMs }: PaceLimits): OrgPace {
	const within = (until: number, longest: number) => (until > now + longest ? 0 : until);
	return {
		...pace,
		starts: pace.starts.filter((at) => at > now - windowMs && at < now + windowMs),
		inFlight: pace.inFlight.filter(({ until }) => within(until, 2 * CALL_LEASE_MS) > now),
		pausedUntil: within(pace.pausedUntil, LONGEST_PAUSE_MS),
		dayUntil: within(pace.dayUntil, LONGEST_DAY_MS),
	};
}
