import type { TableRow } from './Table';

/** What happened to one record; `id` is the record's. */
export interface RecordHistory extends TableRow {
	/** Oldest first. */
	readonly entries: readonly HistoryEntry[];
}

export interface HistoryEntry {
	readonly changes: string;
	readonly details: string;
	readonly atMs: number;
}
