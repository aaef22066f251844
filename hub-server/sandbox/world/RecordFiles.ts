import type { TableRow } from './Table';

/** The files attached to one record; `id` is the record's. */
export interface RecordFiles extends TableRow {
	readonly files: readonly AttachedFile[];
}

export interface AttachedFile {
	readonly id: string;
	readonly fileName: string;
	readonly mimeType: string;
	readonly bytes: Uint8Array;
	/** Shown with the online invoice. */
	readonly includeOnline: boolean;
}
