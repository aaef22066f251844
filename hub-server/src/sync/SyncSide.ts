import type { DayPlan } from './dayPlans';
import type { ServedWish } from './serveSubscription';
import type { Estimate } from './estimateCalls';
import type { Stream } from './Stream';
import type { StreamStore } from './streamStore';

/** What API and portal use of sync; only its types are theirs, for a hub without sync loads nothing of it. */
export interface SyncSide {
	readonly streams: StreamStore;
	/** What a stream costs in a day. */
	estimate(
		stream: Pick<Stream, 'entity' | 'plan' | 'known' | 'knownBytes' | 'sweepConfirmed'>,
	): Estimate;
	/** How the streams of an organisation share its calls of a day. */
	dayPlanOf(connectionId: string): Promise<DayPlan>;
	/** Why a plan cannot be used; undefined for one that can. */
	faultOfCron(cron: string, timeZone: string): string | undefined;
	/** Keeps up to date what a subscription asks for, where organisations have their sync on. */
	serve(workspaceId: string, wish: ServedWish): Promise<void>;
	/** Something may be due. */
	wake(): void;
}
