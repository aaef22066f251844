import type { EventType } from '../../protocol';
import {
	derivedTypes,
	recordStanding,
	type FormerStanding,
	type RecordStanding,
} from '../../protocol/xero';
import { entityOfRecord } from '../records/entityOfRecord';
import type { StoredEvent } from './StoredEvent';

/**
 * Every type of a change whose record was read, the most telling first and `<entity>.<change>` last. None where
 * even the record does not tell its entity.
 *
 * @param before what was known of the record before
 */
export function changeTypes(
	{ category, change }: Pick<StoredEvent, 'category' | 'change'>,
	record: Readonly<Record<string, unknown>>,
	before: FormerStanding,
): readonly EventType[] {
	const entity = entityOfRecord(category, record);
	if (entity === undefined) return [];
	return [...derivedTypes(entity, before, recordStanding(record)), `${entity}.${change}`];
}

/**
 * @param known of an earlier read; a record that a sweep took for deleted comes back as what it was
 * @param knowsAll whether every record had been known before, so that one that was not is new
 */
export function formerStanding(
	known: { readonly standing: RecordStanding | null } | undefined,
	knowsAll: boolean,
): FormerStanding {
	if (known !== undefined) return known.standing ?? 'unknown';
	return knowsAll ? 'absent' : 'unknown';
}
