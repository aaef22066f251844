import type { ApiCall } from '../resource/ApiResource';
import type { StoredFile } from '../world/StoredFile';

/** The file that the address names. */
export function fileOf({ books, params }: ApiCall): StoredFile | undefined {
	return books.storedFiles.get(params['id']?.toLowerCase() ?? '');
}
