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

/** Xero's calls a day for an organisation (OAuth 2.0 API limits): of apps of the first tier, and of all others. */
export const STARTER_CALLS = 1_000;
export const USUAL_CALLS = 5_000;
