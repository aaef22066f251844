import type { XeroRecord } from '../../protocol/xero';
import { changedMembers } from './canonicalRecord';

/** What a change moved. */
export interface RecordDifference {
	/** Xero's members, sorted. */
	readonly changed: readonly string[];
	/** Their former values; a member that was not there is absent. */
	readonly previous: XeroRecord;
}

/** @param isSameShape whether both were read in the same way, such as both from a list */
export function recordDifference(
	before: XeroRecord,
	after: XeroRecord,
	isSameShape: boolean,
): RecordDifference {
	const changed = changedMembers(before, after, isSameShape);
	return {
		changed,
		previous: Object.fromEntries(
			changed
				.filter((member) => Object.hasOwn(before, member))
				.map((member) => [member, before[member]]),
		),
	};
}
