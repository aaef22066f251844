import type { AccountingCall } from '../resource/ApiResource';
import type { StoredFile } from '../world/StoredFile';

/** The file that the address names. */
export function fileOf({ books, params }: AccountingCall): StoredFile | undefined {
	return books.storedFiles.get(params['id']?.toLowerCase() ?? '');
}
