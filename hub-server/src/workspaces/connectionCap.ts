import { UnknownTierError } from '../errors/xeroErrors';
import { TIERS, type Tier } from './tiers';

/**
 * How many organisations the app may connect.
 *
 * @param tier a name, or the number itself: whoever agreed on one with Xero saves it in the tier's place
 * @throws UnknownTierError
 */
export function connectionCap(tier: string): number {
	if (Object.hasOwn(TIERS, tier)) return TIERS[tier as Tier];
	if (!/^[1-9]\d*$/.test(tier)) throw new UnknownTierError(tier);
	return Number(tier);
}
