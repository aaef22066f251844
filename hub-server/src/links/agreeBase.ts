import type { XeroRecord } from '../../protocol/xero';
import type { AgreedBase } from './Link';
import { sameValue } from './sameValue';

/**
 * What both sides agree on once the other system holds these fields. Its own way of writing may have made another thing
 * of what it took over, in ways that nobody knows: capitals, fewer decimals, another name of a country. So the base
 * has Xero's side as it was known last, and not the other system's words in its place: those would count as an
 * edit in Xero, and the next edit of the other system as a conflict.
 *
 * @param record as it is in Xero, as far as that is known
 * @param before what was agreed since the record was read; null where that was earlier
 */
export function agreeBase(
	fields: XeroRecord,
	record: XeroRecord | null,
	before: AgreedBase | null,
): AgreedBase {
	return Object.fromEntries(
		Object.entries(fields).map(([member, external]) => {
			const held = record === null ? external : (record[member] ?? null);
			const agreed = before?.[member];
			const isAgreed = agreed !== undefined && !sameValue(member, external, held);
			return [member, { external, xero: isAgreed ? agreed.xero : held }];
		}),
	);
}
