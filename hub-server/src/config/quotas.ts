/** What one workspace may have at a time; what is over it is refused, or purged, and never Xero's POST. */
export interface Quotas {
	readonly subscriptions: number;
	/** Connected ones. */
	readonly organisations: number;
	/** Replays of a range that are under way. */
	readonly replays: number;
	/** Pages of the portal that follow what happens. */
	readonly streams: number;
	/** Entities of its organisations that are kept up to date. */
	readonly syncs: number;
	/** Between records of Xero's and other systems'. */
	readonly links: number;
	/** Of request bodies on their way to Xero, in the memory of one hub. */
	readonly uploadBytes: number;
	/** What stopped runs have saved, remembered for an hour. */
	readonly savedItems: number;
	/** Of each organisation. */
	readonly mappings: number;
	/** Pushes that are under way. */
	readonly pushes: number;
	/** Records of pushes that are kept. */
	readonly pushedRecords: number;
	/** Over it finished history is purged earlier. */
	readonly keptEvents: number;
	/** Of kept events and their records; over it finished history is purged earlier. */
	readonly keptBytes: number;
}

export type QuotaName = keyof Quotas;

/** Far above what a workspace needs, and below what would be felt by others. */
export const USUAL_QUOTAS: Quotas = {
	subscriptions: 500,
	organisations: 1_000,
	replays: 10,
	streams: 100,
	// All of each organisation.
	syncs: 16_000,
	links: 1_000_000,
	// Six of the largest bodies that Xero takes.
	uploadBytes: 64 * 1024 * 1024,
	savedItems: 20_000,
	mappings: 20_000,
	pushes: 100,
	pushedRecords: 1_000_000,
	keptEvents: 10_000_000,
	keptBytes: 50_000_000_000,
};

export const QUOTA_NAMES = Object.keys(USUAL_QUOTAS) as [QuotaName, ...QuotaName[]];

/** What an admin set for one workspace: a plan of the operator's, and numbers of its own above it. */
export type WorkspaceQuotas = Partial<Quotas> & { readonly plan?: string | undefined };

/** What the operator set for all. */
export interface HubQuotas {
	readonly usual: Quotas;
	readonly plans: Readonly<Record<string, Partial<Quotas>>>;
}

/** A plan that the operator has taken away since counts as none. */
export function quotasOf({ usual, plans }: HubQuotas, { plan, ...own }: WorkspaceQuotas): Quotas {
	const planned = plan !== undefined && Object.hasOwn(plans, plan) ? plans[plan] : undefined;
	return { ...usual, ...planned, ...own };
}
