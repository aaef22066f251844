import type { TableRow } from './Table';

/** A file in the organisation's file library; attachments of documents are kept elsewhere. */
export interface StoredFile extends TableRow {
	readonly name: string;
	readonly mimeType: string;
	readonly bytes: Buffer;
	readonly folderId: string;
	readonly createdMs: number;
	/** Records that it is tied to. */
	readonly associations: readonly FileAssociation[];
}

export interface FileAssociation {
	readonly objectId: string;
	readonly objectGroup: string;
	readonly objectType: string;
}

export interface FileFolder extends TableRow {
	readonly name: string;
	/** It cannot be renamed or deleted. */
	readonly isInbox: boolean;
}
