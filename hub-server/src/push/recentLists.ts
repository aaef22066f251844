import { isObject, type XeroRecord } from '../../protocol/xero';
import type { Uptime } from '../clock';
import { createWeightedCache } from '../mapping/weightedCache';
import type { PushTurn } from './PushTurn';

/** Short lists of an organisation that every turn of a push looks into: one call a minute rather than one a turn. */
export interface RecentLists {
	/** @param isDoubted what is remembered is not enough @throws what `PushCalls.read` throws */
	read(turn: PushTurn, collection: string, isDoubted: boolean): Promise<RecentList>;
}

export interface RecentList {
	readonly records: readonly XeroRecord[];
	/** It was read in an earlier turn. */
	readonly isRemembered: boolean;
}

/** As long as a person who has just changed it in Xero may be expected to wait. */
const MAX_AGE_MS = 60_000;

/** Of all organisations together; some kilobyte each. */
const MOST_REMEMBERED = 20_000;

export function createRecentLists(uptime: Uptime): RecentLists {
	const lists = createWeightedCache<readonly XeroRecord[]>(MOST_REMEMBERED);
	return {
		async read({ calls, scope }, collection, isDoubted) {
			const key = `${scope.workspaceId} ${scope.tenantId} ${collection}`;
			const at = uptime();
			const known = lists.get(key);
			if (!isDoubted && known !== undefined && at - known.at < MAX_AGE_MS) {
				return { records: known.value, isRemembered: true };
			}
			const query = collection === 'Items' ? '?unitdp=4' : '';
			const answer = await calls.read(`/api.xro/2.0/${collection}${query}`);
			const list = answer !== undefined && 'body' in answer ? answer.body[collection] : undefined;
			const records = Array.isArray(list) ? list.filter(isObject) : [];
			if (records.length > 0) lists.set(key, records, records.length, at);
			return { records, isRemembered: false };
		},
	};
}
