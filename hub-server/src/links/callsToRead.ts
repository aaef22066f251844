import { XERO_IDS_PER_REQUEST } from '../../protocol/xero';
import { findEntity } from '../records/xeroEntities';
import type { LinkedEntity } from './Link';

/** How many calls it takes to read so many records by their ids, as `readRecords` does. */
export function callsToRead(entity: LinkedEntity, count: number): number {
	const source = findEntity(entity);
	if (count === 0 || source === undefined) return 0;
	if (source.idField === 'TaxType') return 1;
	return source.bulkQuery === undefined ? count : Math.ceil(count / XERO_IDS_PER_REQUEST);
}
