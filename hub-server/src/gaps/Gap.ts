import type { GapKind, SyncRunStatus, SyncWait } from '../database/tables';

/** `failed`: Xero refused, or stayed in trouble; it is tried again. `sync_off`: this hub reads nothing by itself. */
export type GapWait = SyncWait | 'failed' | 'sync_off';

/** A run that reads again what changed in a gap, of one entity. */
export interface GapRun {
	readonly id: string;
	readonly entity: string;
	readonly status: SyncRunStatus;
	readonly startedAt: number;
	readonly finishedAt: number | null;
	readonly calls: number;
	readonly bytes: number;
	readonly seen: number;
	/** Changes that nobody had told. */
	readonly told: number;
	readonly error: string | null;
}

/** A time in which webhooks of an organisation may have been missed; epoch milliseconds. */
export interface Gap {
	readonly id: string;
	readonly tenantId: string;
	readonly kind: GapKind;
	readonly from: number;
	readonly until: number;
	readonly state: 'found' | 'repairing' | 'repaired' | 'waiting';
	readonly waitingFor: GapWait | null;
	readonly resumesAt: number | null;
	readonly foundAt: number;
	readonly repairedAt: number | null;
	/** Why nothing was read again, for people. */
	readonly note: string | null;
	/** Shared by all gaps that were repaired together. */
	readonly runs: readonly GapRun[];
}
