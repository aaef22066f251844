import type { SyncKind, SyncRunStatus, SyncWait } from '../database/tables';
import type { StatesOf } from '../records/recordStates';
import type { XeroEntity } from '../records/xeroEntities';
import type { ListPosition } from './listWalk';

/** When a stream runs by itself. */
export type StreamPlan =
	| { readonly everySeconds: number }
	/** Five fields, in the zone's time. */
	| { readonly cron: string; readonly timeZone: string };

/** One entity of one connection, kept up to date. */
export interface Stream {
	readonly id: string;
	readonly workspaceId: string;
	readonly connectionId: string;
	readonly tenantId: string;
	readonly entity: XeroEntity;
	readonly enabled: boolean;
	readonly plan: StreamPlan;
	/** Whether what the first run finds is told. */
	readonly tellExisting: boolean;
	readonly sweepConfirmed: boolean;
	/** Everything that changed up to then has been stored; null before the first complete run. */
	readonly since: number | null;
	/** When a run was first complete, since the beginning, a reset or a restore. */
	readonly baselineAt: number | null;
	readonly runId: string | null;
	/** In the list that the run under way reads whole, as Xero said at its beginning; null where it did not. */
	readonly total: number | null;
	/** Known at the end of the last complete run. */
	readonly known: number;
	readonly knownBytes: number;
	readonly sweptAt: number | null;
	/** No sweep begins by itself before then: the last one failed, or is held. Null: when it is time. */
	readonly noSweepBefore: number | null;
	readonly countedAt: number | null;
	readonly failures: number;
	/** Null while it is switched off. */
	readonly nextAt: number | null;
	readonly createdAt: number;
}

export interface SyncRun {
	readonly id: string;
	readonly kind: SyncKind;
	/** It stores, and tells nothing. */
	readonly isBaseline: boolean;
	readonly status: SyncRunStatus;
	readonly waitingFor: SyncWait | null;
	readonly resumesAt: number | null;
	readonly startedAt: number;
	readonly finishedAt: number | null;
	readonly calls: number;
	readonly bytes: number;
	readonly seen: number;
	readonly changed: number;
	readonly deleted: number;
	/** Known to Xero and not to the hub; null unless the run counts. */
	readonly missing: number | null;
	readonly error: string | null;
}

/** How a run that is over ended. */
export interface RunEnding {
	/** Where the next one begins; absent: as before. */
	readonly since?: number | undefined;
	/** Whether it has read everything there is to read. */
	readonly isComplete: boolean;
	/** Of a full read. */
	readonly sweptBytes?: number | undefined;
	readonly missing?: number | undefined;
	/** What went wrong, for people; absent: it succeeded. */
	readonly error?: string | undefined;
	/** Of a delta that failed: whether the next one begins at the beginning, not where this one was. */
	readonly beginsAnew?: boolean | undefined;
	/** A person has to say whether what it did not find was deleted. */
	readonly isHeld?: boolean | undefined;
}

/** Where the run under way goes on. */
export type RunPosition = ListPhase | GonePhase | OverduePhase;

interface ListPhase {
	readonly phase: 'list';
	readonly at: ListPosition;
	/** A person has agreed that what is not there any more counts as deleted, however much it is. */
	readonly mayDelete?: boolean;
	/** Records in the whole list, as its first page said. */
	readonly total?: number | undefined;
	/** On the pages so far. */
	readonly listed?: number | undefined;
	/** How often the list was begun anew, for it ended before it had shown what it said. */
	readonly begunAnew?: number | undefined;
	/** Known records are still there: the organisation was not reset before this run. */
	readonly knownStand?: boolean | undefined;
}

/** After the list of a full read: what it did not see is counted first, then looked up and deleted. */
interface GonePhase {
	readonly phase: 'countGone' | 'deleteGone';
	/** The id that was looked at last; empty at the beginning. */
	readonly after: string;
	readonly gone: number;
	readonly mayDelete: boolean;
	/** Where the next run begins. */
	readonly since: number | null;
}

/** After everything was read: what has become overdue meanwhile is told. */
interface OverduePhase {
	readonly phase: 'overdue';
	/** Up to when is looked, epoch milliseconds. */
	readonly at: number;
	/** By how many days, at least: those below were looked at. */
	readonly days: number;
	/** The id that was told last; empty at the beginning. */
	readonly after: string;
	/** How the run ends then. */
	readonly ending: RunEnding;
}

/** A stream that this process may work on until its lease ends. */
export interface ClaimedStream {
	readonly leaseId: string;
	readonly stream: Stream;
	readonly run: SyncRun;
	readonly position: RunPosition;
	readonly grantId: string;
	readonly states: StatesOf;
	/** Of a run that reads again what changed in a gap; undefined for a stream's own. */
	readonly repair?: Repair | undefined;
}

/** A run that reads again what changed since then, whatever the entity's stream has read. */
export interface Repair {
	readonly id: string;
	/** Epoch milliseconds. */
	readonly since: number;
}
