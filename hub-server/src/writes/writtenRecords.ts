import { answerTime, isMarkedFailed, isObject, type XeroRecord } from '../../protocol/xero';
import { foundRecord } from '../records/FoundRecord';
import type { XeroEntity } from '../records/xeroEntities';

/** A record in the version that a call of the proxy made. */
export interface WrittenRecord {
	readonly id: string;
	/** Xero's time of the change, Unix milliseconds. */
	readonly version: number;
	/** What the call sent of it; null where that is not known. */
	readonly members: readonly string[] | null;
}

/** Xero's clock stands still while it answers: what changed long before the answer, the call did not change. */
const LONGEST_WRITE_MS = 10_000;

/** More than an answer of 4 MB holds. */
const MOST_RECORDS = 2_000;

/**
 * What a write has changed, by Xero's answer. A write that changes nothing is answered with the version of
 * whoever changed it last: only versions that came about while the call was under way are its own.
 *
 * @param sent the request's body, parsed; undefined where it is not known
 * @param tookMs how long the call took
 */
export function writtenRecords(
	answer: unknown,
	entity: XeroEntity,
	sent: unknown,
	tookMs: number,
): readonly WrittenRecord[] {
	const list = isObject(answer) ? answer[entity.collection] : undefined;
	const clockMs = answerTime(answer);
	if (!Array.isArray(list) || clockMs === undefined) return [];
	const since = clockMs - Math.min(tookMs, LONGEST_WRITE_MS);
	const elements = elementsOf(sent, entity);
	const written = list.slice(0, MOST_RECORDS).flatMap((record: unknown, index) => {
		if (!isObject(record) || isMarkedFailed(record)) return [];
		const found = foundRecord(record, entity, 'other');
		if (found === undefined || found.updatedAt === null || found.updatedAt < since) return [];
		const element = elements.length === list.length ? elements[index] : undefined;
		return {
			id: found.id,
			version: found.updatedAt,
			members: element === undefined ? null : Object.keys(element),
		};
	});
	return [...new Map(written.map((one) => [`${one.id} ${one.version}`, one])).values()];
}

/** A body is a list under the collection's name (Bank Feeds: `items`), or one record bare. */
export function elementsOf(
	sent: unknown,
	entity: Pick<XeroEntity, 'collection'> | undefined,
): readonly XeroRecord[] {
	const list = isObject(sent) ? (sent[entity?.collection ?? 'items'] ?? [sent]) : sent;
	return Array.isArray(list) && list.every(isObject) ? list : [];
}
