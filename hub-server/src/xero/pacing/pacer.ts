import { randomUUID } from 'node:crypto';
import type { Uptime } from '../../clock';
import { XeroRateLimitedError } from '../../errors/xeroErrors';
import { createFairQueue, type FairQueue } from './fairQueue';
import {
	expectedStart,
	finish,
	learn,
	tryStart,
	withdraw,
	type ObservedLimits,
	type OrgPace,
	type PaceLimits,
} from './orgPace';
import type { PaceStore } from './PaceStore';

export interface PaceWish {
	/** Who shares the limits: one organisation as one app sees it. */
	readonly org: string;
	/** The app: when Xero says that its own minute is over, all its organisations wait. */
	readonly app: string;
	/** Who takes turns with others, such as one workflow. */
	readonly flow: string;
	/** Behind all that are not, and within its share of the limits. */
	readonly isBackground?: boolean | undefined;
	/** Of the process's uptime; what cannot begin by then is refused as soon as that is known. */
	readonly deadline: number;
	/** Ends the wait with its reason. */
	readonly signal?: AbortSignal | undefined;
}

/** The right to make one call, until it is finished. */
export interface Turn {
	/** Call when the answer's head is there. */
	learn(observed: ObservedLimits): Promise<void>;
	/** Call once, when the answer is whole or nothing came. */
	finish(): void;
}

/** Lets calls begin no faster than Xero takes them, and everyone in turn. */
export interface Pacer {
	/** @throws XeroRateLimitedError when the call cannot begin in time, or what the store threw */
	enter(wish: PaceWish): Promise<Turn>;
}

export interface PacerDeps {
	readonly store: PaceStore;
	readonly limits: PaceLimits;
	readonly uptime: Uptime;
	/** Told of each call that may begin, how long it waited. */
	readonly onWaited?: (ms: number) => void;
}

interface Waiter {
	readonly wish: PaceWish;
	readonly since: number;
	resolve(turn: Turn): void;
	reject(cause: unknown): void;
}

interface Lane {
	readonly app: string;
	readonly queue: FairQueue<Waiter>;
	isRunning: boolean;
	/** Ends the lane's rest. */
	wake(): void;
}

/** Of the hub itself, when a limit is Xero's of calls at a time: how soon to come back. */
const CONCURRENT_RETRY_SECONDS = 2;

export function createPacer({ store, limits, uptime, onWaited }: PacerDeps): Pacer {
	const lanes = new Map<string, Lane>();

	function turnOf(org: string, app: string, callId: string): Turn {
		const change = (name: string, next: (pace: OrgPace, now: number) => OrgPace) =>
			store.update(name, (pace, now) => ({ pace: next(pace, now), answer: undefined }));
		return {
			learn: (observed) =>
				change(observed.refusal?.limit === 'appminute' ? app : org, (pace, now) =>
					learn(pace, observed, now, limits),
				),
			finish() {
				// A call that cannot be counted out ends by its lease.
				change(org, (pace) => finish(pace, callId)).then(
					() => lanes.get(org)?.wake(),
					() => undefined,
				);
			},
		};
	}

	async function run(org: string, lane: Lane): Promise<void> {
		while (lane.queue.size > 0) {
			const callId = randomUUID();
			const app = (await store.read([lane.app])).paces.get(lane.app);
			const appPausedUntil = app?.pausedUntil ?? 0;
			const { verdict, pace, now } = await store.update(org, (stored, at) => {
				const known = { ...stored, pausedUntil: Math.max(stored.pausedUntil, appPausedUntil) };
				const answer = tryStart(known, callId, at, limits, lane.queue.isBackground());
				const next = answer.kind === 'go' ? answer.pace : undefined;
				return { pace: next, answer: { verdict: answer, pace: known, now: at } };
			});
			switch (verdict.kind) {
				case 'go': {
					const waiter = lane.queue.next();
					if (waiter === undefined) {
						await store.update(org, (known) => ({
							pace: withdraw(known, callId),
							answer: undefined,
						}));
						break;
					}
					onWaited?.(uptime() - waiter.since);
					waiter.resolve(turnOf(org, lane.app, callId));
					break;
				}
				case 'day_spent':
					refuseAll(lane, new XeroRateLimitedError('day', inSeconds(verdict.until - now)));
					break;
				case 'wait':
					refuseHopeless(lane, pace, now, appPausedUntil > now ? 'appminute' : verdict.limit);
					if (lane.queue.size > 0) {
						await rest(lane, verdict.until === undefined ? undefined : verdict.until - now);
					}
					break;
			}
		}
	}

	function refuseAll(lane: Lane, cause: unknown): void {
		for (let waiter = lane.queue.next(); waiter; waiter = lane.queue.next()) waiter.reject(cause);
	}

	/** Whoever cannot begin in time is told so now, not when the time is over. */
	function refuseHopeless(
		lane: Lane,
		pace: OrgPace,
		now: number,
		limit: 'minute' | 'appminute' | 'concurrent',
	): void {
		let ahead = 0;
		for (const waiter of lane.queue.inOrder()) {
			const waitMs = expectedStart(pace, ahead, now, limits) - now;
			const leftMs = waiter.wish.deadline - uptime();
			if (waitMs <= leftMs && leftMs > 0) {
				ahead += 1;
				continue;
			}
			lane.queue.remove(waiter);
			const seconds = limit === 'concurrent' ? CONCURRENT_RETRY_SECONDS : inSeconds(waitMs);
			waiter.reject(new XeroRateLimitedError(limit, seconds));
		}
	}

	/** Until something may have changed: the time has come, a call has ended, a caller gives up. */
	async function rest(lane: Lane, waitMs: number | undefined): Promise<void> {
		const left = lane.queue.inOrder().map(({ wish }) => wish.deadline - uptime());
		const ms = Math.min(waitMs ?? store.pollMs ?? Infinity, ...left);
		await new Promise<void>((resolve) => {
			const timer = setTimeout(resolve, Math.max(1, ms));
			lane.wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});
		lane.wake = () => {};
	}

	function start(org: string, lane: Lane): void {
		if (lane.isRunning) {
			lane.wake();
			return;
		}
		lane.isRunning = true;
		run(org, lane)
			.catch((cause: unknown) => refuseAll(lane, cause))
			.finally(() => {
				lane.isRunning = false;
				if (lane.queue.size > 0) start(org, lane);
				else lanes.delete(org);
			});
	}

	return {
		enter: (wish) =>
			new Promise<Turn>((resolve, reject) => {
				const lane = lanes.get(wish.org) ?? {
					app: wish.app,
					queue: createFairQueue<Waiter>(),
					isRunning: false,
					wake: () => {},
				};
				lanes.set(wish.org, lane);
				const waiter: Waiter = { wish, since: uptime(), resolve, reject };
				lane.queue.add(wish.flow, waiter, wish.isBackground);
				wish.signal?.addEventListener(
					'abort',
					() => {
						lane.queue.remove(waiter);
						reject(wish.signal?.reason as Error);
						lane.wake();
					},
					{ once: true },
				);
				start(wish.org, lane);
			}),
	};
}

function inSeconds(ms: number): number {
	return Math.max(1, Math.ceil(ms / 1000));
}
