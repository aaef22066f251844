import type { AccountingCall } from '../accounting/AccountingResource';
import type { StoredFile } from '../world/StoredFile';

/** The file that the address names. */
export function fileOf({ books, params }: AccountingCall): StoredFile | undefined {
	return books.storedFiles.get(params['id']?.toLowerCase() ?? '');
}
