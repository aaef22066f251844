import { derivedTypes, recordStanding, type XeroRecord } from '../../hub-server/protocol/xero';
import { isTold, type ListPosition } from './ListPosition';
import type { WatchedList } from './watchedLists';

/** One change of one record, as somebody wished to be told of it. */
export interface ToldChange<R extends XeroRecord = XeroRecord> {
	readonly record: R;
	readonly entity: string;
	/** Everything that the change is, the most telling first. */
	readonly types: readonly string[];
	/** The most telling of those that were asked for. */
	readonly type: string;
	/** `false` where nothing is known of the record's time before: the types are what it may be. */
	readonly isClassified: boolean;
}

/**
 * What of the records that were read is to be told.
 *
 * A record without a state is new where every record has one. Where the oldest states are gone, it may
 * as well be an old one: it is then told as whatever it may be, rather than not at all.
 *
 * @param wanted event types
 */
export function tellChanges<R extends XeroRecord>(
	{ collection: { idField }, entityOf }: WatchedList,
	position: ListPosition,
	records: readonly R[],
	wanted: ReadonlySet<string>,
): readonly ToldChange<R>[] {
	return records.flatMap((record) => {
		if (isTold(position, record, idField)) return [];
		const entity = entityOf(record);
		const known = position.states.get(String(record[idField]));
		const isClassified = known !== undefined || position.isWhole;
		const types = [
			...derivedTypes(entity, known?.standing ?? 'absent', recordStanding(record)),
			...(known === undefined ? [`${entity}.created`] : []),
			...(known !== undefined || !position.isWhole ? [`${entity}.updated`] : []),
		];
		const type = types.find((one) => wanted.has(one));
		return type === undefined ? [] : [{ record, entity, types, type, isClassified }];
	});
}
