/**
 * How many organisations an app of each of Xero's tiers may connect
 * (developer.xero.com/pricing, since 2 March 2026); Enterprise is by agreement.
 */
export const TIERS = {
	starter: 5,
	core: 50,
	plus: 1_000,
	advanced: 10_000,
	enterprise: Number.POSITIVE_INFINITY,
} as const;

export type Tier = keyof typeof TIERS;

export const TIER_NAMES = Object.keys(TIERS) as [Tier, ...Tier[]];

/** Of an app that says nothing of its tier. */
export const USUAL_TIER: Tier = 'starter';
