/** A record of another system's, and Xero's that is the same thing, as `/api/v1/links` shows it. */
export interface LinkView {
	/** Null: it belongs to no organisation yet. */
	readonly tenantId: string | null;
	readonly system: string;
	readonly entity: string;
	readonly externalId: string;
	/** Null while nothing is known to be in Xero. */
	readonly xeroId: string | null;
	readonly state: string;
	/** What both sides held when they last agreed. */
	readonly base?: unknown;
	readonly updatedAt: string;
}

/** Body of `PUT /api/v1/links/{tenantId}/{system}/{entity}/{externalId}`. */
export interface LinkBody {
	readonly xeroId: string;
	/** What the other system now holds, in Xero's member names: the agreed base. */
	readonly fields?: Readonly<Record<string, unknown>>;
}
