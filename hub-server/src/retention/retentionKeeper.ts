import type { Clock, Uptime } from '../clock';
import { startRunLoop, type Next, type Rest, type RunLoop } from '../work/runLoop';
import type { HubLease } from '../work/hubLease';
import type { FindOverQuota } from './findOverQuota';
import type { FirstPurge } from './firstPurge';
import type { PurgeKind, PurgeStep } from './purgeSteps';
import { startPurgeWalk, type PurgeWalk } from './purgeWalk';
import type { RetentionDays } from './RetentionDays';

/** Purges what is older than it is kept, until stopped. */
export type RetentionKeeper = Pick<RunLoop, 'settled' | 'stop'>;

export interface RetentionKeeperDeps {
	readonly steps: Readonly<Record<PurgeKind, PurgeStep>>;
	readonly days: RetentionDays;
	readonly firstPurge: FirstPurge;
	readonly lease: HubLease;
	readonly findOverQuota: FindOverQuota;
	readonly now: Clock;
	readonly uptime: Uptime;
	onPurged(kind: PurgeKind, rows: number): void;
	onFault(cause: unknown): void;
	readonly rest?: Rest | undefined;
}

/** Between one walk through what is old and the next. */
const WALK_EVERY_MS = 3600_000;

/** Before the next look while another hub purges. */
const REST_WHEN_OTHERS_MS = 5 * 60_000;

/** A step takes at most this part of the time: 1 of 5. */
const REST_PER_STEP = 4;

/**
 * The least that finished history stays, whatever a quota says: Xero sends for 24 hours what it takes for
 * undelivered, and an event that is known is told once.
 */
const LEAST_DAYS = 2;

export function startRetentionKeeper(deps: RetentionKeeperDeps): RetentionKeeper {
	const { steps, days, firstPurge, lease, now, uptime } = deps;
	let walk: PurgeWalk | undefined;
	/** Walks of single workspaces that must shrink, after the one through all. */
	let shorter: ShorterWalk[] = [];
	let restMs = WALK_EVERY_MS;

	async function takeStep(): Promise<Next> {
		restMs = REST_WHEN_OTHERS_MS;
		if (!(await lease.hold())) {
			walk = undefined;
			return 'rest';
		}
		restMs = WALK_EVERY_MS;
		if (walk === undefined) {
			const at = now();
			if (!(await firstPurge.isDue(at))) return 'rest';
			walk = startPurgeWalk(steps, { days, now: at });
		}

		const startedAt = uptime();
		const { kind, purged, isEnd } = await walk.step();
		if (purged > 0) deps.onPurged(kind, purged);
		restMs = Math.max(1, (uptime() - startedAt) * REST_PER_STEP);
		if (isEnd) {
			walk = await nextWalk();
			if (walk === undefined) {
				await lease.release();
				restMs = WALK_EVERY_MS;
			}
		}
		return 'rest';
	}

	/** Halves what a workspace over its quota keeps of its past, again and again, down to the least. */
	async function nextWalk(): Promise<PurgeWalk | undefined> {
		const over = await deps.findOverQuota(now());
		const goesOn = shorter.filter(({ workspaceId }) =>
			over.some((one) => one.workspaceId === workspaceId),
		);
		const known = new Set(goesOn.map(({ workspaceId }) => workspaceId));
		const added = over
			.filter(({ workspaceId }) => !known.has(workspaceId))
			.map(({ workspaceId }) => ({ workspaceId, days: days.events }));
		shorter = [...goesOn, ...added];
		const [first, ...rest] = shorter.filter((one) => one.days > LEAST_DAYS);
		if (first === undefined) {
			shorter = [];
			return undefined;
		}
		const { workspaceId } = first;
		const fewer = Math.max(LEAST_DAYS, first.days / 2);
		shorter = [...rest, { workspaceId, days: fewer }];
		return startPurgeWalk(steps, {
			days: { payloads: Math.min(days.payloads, fewer), events: fewer },
			now: now(),
			workspaceId,
		});
	}

	return startRunLoop({
		take: takeStep,
		restMs: () => restMs,
		onFault: deps.onFault,
		rest: deps.rest,
		elapsed: uptime,
	});
}

interface ShorterWalk {
	readonly workspaceId: string;
	readonly days: number;
}
