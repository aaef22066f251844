import type { Baseline } from './baselines';
import type { EventWish } from './comparedEntities';
import type { DayPlan } from './dayPlans';
import type { ServedWish } from './serveSubscription';
import type { Estimate } from './estimateCalls';
import type { MeasureList } from './measureList';
import type { KeepsFresh } from './keepsFresh';
import type { RunProgress } from './runProgress';
import type { Stream, SyncRun } from './Stream';
import type { StreamStore } from './streamStore';

export interface SweepCost {
	readonly calls: number;
	/** As Xero sent them last. */
	readonly bytes: number;
	readonly needsConsent: boolean;
}

/** What API and portal use of sync; only its types are theirs, for a hub without sync loads nothing of it. */
export interface SyncSide {
	readonly streams: StreamStore;
	/** Whether copies of records are kept, or their hashes only. */
	readonly keepsRecords: boolean;
	/** What a stream costs in a day. */
	estimate(
		stream: Pick<Stream, 'entity' | 'plan' | 'known' | 'knownBytes' | 'sweepConfirmed'>,
	): Estimate;
	/** How far the run is that is under way; null while none is. */
	progressOf(stream: Stream, lastRun: SyncRun | null): RunProgress | null;
	/** What reading its list once more costs, and whether a person has to agree to it first. */
	sweepCost(stream: Pick<Stream, 'entity' | 'known' | 'knownBytes'>): SweepCost;
	/** How the streams of an organisation share its calls of a day. */
	dayPlanOf(connectionId: string): Promise<DayPlan>;
	/** Why a plan cannot be used; undefined for one that can. */
	faultOfCron(cron: string, timeZone: string): string | undefined;
	/**
	 * Keeps up to date what a subscription asks for, where organisations have their sync on.
	 *
	 * @throws QuotaReachedError
	 */
	serve(workspaceId: string, wish: ServedWish): Promise<void>;
	/**
	 * What must have been read once before a subscription can be told what it asks for, and what that costs;
	 * none where it compares nothing.
	 *
	 * @param asksXero whether Xero is asked for a few sizes that nobody knows
	 */
	baselinesOf(
		workspaceId: string,
		wish: EventWish,
		options: { readonly asksXero: boolean },
	): Promise<readonly Baseline[]>;
	readonly measureList: MeasureList;
	readonly keepsFresh: KeepsFresh;
	/** Something may be due. */
	wake(): void;
}
