/** What of an organisation is to go. */
export interface Purge {
	readonly workspaceId: string;
	readonly tenantId: string;
	/** Null: only states of an earlier epoch go. */
	readonly connectionId: string | null;
	/** The organisation as it is connected now, if it is. */
	readonly current: { readonly epoch: string; readonly since: number } | undefined;
	/** Nothing is left, the account of what was done included: the client has left for good. */
	readonly everything: boolean;
	/** The first look, while somebody who disconnected by mistake may connect it again. */
	readonly isFirstLook: boolean;
	/** What came since the organisation was connected anew stays; epoch milliseconds, far off where it was not. */
	readonly before: number;
}

/** Rows that a step reads and writes at most. */
export const ROWS_A_STEP = 200;

/** One phase of a purge, in steps. */
export interface PurgeStepped {
	/** The key of the row that was looked at last; undefined at the end of the phase. */
	readonly after: readonly string[] | undefined;
	/** Something was still in use and has to be looked at once more. */
	readonly isPassedOver?: boolean;
}
