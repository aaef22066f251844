import type { XeroReply } from '../messages/XeroReply';
import { done, type ItemOutcome } from '../run/ItemOutcome';
import { readXeroDates } from '../values/xeroDates';
import { readCollection } from './readCollection';

/**
 * The records that a successful answer holds, with readable dates.
 *
 * @param name of the array, such as `HistoryRecords`
 */
export function readAnswered(answer: XeroReply, name: string): ItemOutcome {
	return done(
		...(readCollection(answer, name)?.records ?? []).map((record) => readXeroDates(record)),
	);
}
