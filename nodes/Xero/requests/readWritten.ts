import { fateUnknown } from '../errors/fateUnknown';
import type { XeroReply } from '../messages/XeroReply';
import { done, failed, type ItemOutcome } from '../run/ItemOutcome';
import { readXeroDates } from '../values/xeroDates';
import { elementOutcomes } from './elementOutcomes';
import { readCollection } from './readCollection';

/**
 * What became of the one element that a write carried, by a successful answer: saved only where the
 * answer shows it, with its id.
 *
 * @param name of the array, such as `Options`
 * @param idField such as `TrackingOptionID`; absent where Xero gives such elements none (notes)
 */
export function readWritten(answer: XeroReply, name: string, idField?: string): ItemOutcome {
	const records = readCollection(answer, name)?.records ?? [];
	if (records.length === 0) return failed(fateUnknown.unmentioned);
	const fates =
		idField === undefined
			? []
			: elementOutcomes(
					records.map(() => ({})),
					records,
					idField,
				);
	const lost = fates.find((fate) => !fate.ok);
	return lost?.ok === false
		? failed(lost.failure)
		: done(...records.map((record) => readXeroDates(record)));
}
