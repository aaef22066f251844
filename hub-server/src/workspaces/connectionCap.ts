import { UnknownTierError } from '../errors/xeroErrors';

/** Connections that Xero allows an app, by tier (developer.xero.com/pricing, since 2 March 2026). */
const TIER_CAPS: Readonly<Record<string, number>> = {
	starter: 5,
	core: 50,
	plus: 1_000,
	advanced: 10_000,
	// By agreement with Xero: whoever knows the number saves it in the tier's place.
	enterprise: Number.POSITIVE_INFINITY,
};

/**
 * How many organisations the app may connect.
 *
 * @param tier a name, or the number itself
 * @throws UnknownTierError
 */
export function connectionCap(tier: string): number {
	if (Object.hasOwn(TIER_CAPS, tier)) return TIER_CAPS[tier] as number;
	if (!/^[1-9]\d*$/.test(tier)) throw new UnknownTierError(tier);
	return Number(tier);
}
