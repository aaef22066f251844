import type { XeroRecord } from '../../protocol/xero';
import type { AgreedBase } from './Link';
import { sameValue } from './sameValue';

/**
 * What both sides agree on once the other system holds these fields. Of a member on which the record says the same, Xero's
 * spelling is kept; where it says another thing, or is not known, somebody may have changed it in Xero meanwhile:
 * the base says then what the other system took, so that the edit still counts as Xero's.
 *
 * @param record as it is in Xero, as far as that is known
 */
export function agreeBase(fields: XeroRecord, record: XeroRecord | null): AgreedBase {
	return Object.fromEntries(
		Object.entries(fields).map(([member, external]) => {
			const held = record?.[member];
			const isSame = record !== null && sameValue(member, external, held);
			return [member, { external, xero: isSame ? (held ?? null) : external }];
		}),
	);
}
