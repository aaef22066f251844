import {
	comparable,
	isNamed,
	isObject,
	XERO_IDS_PER_REQUEST,
	type XeroRecord,
} from '../../protocol/xero';
import { XeroRefusedError } from '../errors/xeroErrors';
import type { PushCalls } from './pushCalls';
import type { PushedEntity } from './pushedEntities';

/**
 * The records as Xero has them now, whole, in as few calls as it allows.
 *
 * @returns by id in lower case; what Xero does not have is absent
 */
export async function readPresent(
	calls: Pick<PushCalls, 'read'>,
	entity: PushedEntity,
	ids: readonly string[],
): Promise<ReadonlyMap<string, XeroRecord>> {
	const found = new Map<string, XeroRecord>();
	const { collection, idField, bulkQuery, singleQuery } = entity.xero;
	const list = `/api.xro/2.0/${collection}`;
	const read = async (path: string) => {
		const answer = await calls.read(path);
		if (answer === undefined) return;
		if ('refused' in answer) throw new XeroRefusedError(answer.refused);
		const records = answer.body[collection];
		if (!Array.isArray(records))
			throw new XeroRefusedError(`no list of ${collection} in its answer`);
		for (const record of records) {
			if (isObject(record) && isNamed(record, idField)) {
				found.set(comparable(record[idField]), record);
			}
		}
	};
	const distinct = [...new Set(ids)];
	if (distinct.length === 0) return found;
	if (entity.isReadBy === 'list') {
		await read(entity.hasPrices ? `${list}?unitdp=4` : list);
		return found;
	}
	if (entity.isReadBy === 'one') {
		const query = singleQuery === undefined ? '' : `?${singleQuery}`;
		for (const id of distinct) await read(`${list}/${encodeURIComponent(id)}${query}`);
		return found;
	}
	for (let start = 0; start < distinct.length; start += XERO_IDS_PER_REQUEST) {
		const some = distinct.slice(start, start + XERO_IDS_PER_REQUEST);
		// Without `page` Xero answers summaries that lack the line items.
		await read(
			`${list}?IDs=${some.join(',')}&page=1&pageSize=${XERO_IDS_PER_REQUEST}&${bulkQuery}`,
		);
	}
	return found;
}
