/** One thing to tell one channel: that a trouble began, or that it has ended. */
export interface Notice {
	readonly id: string;
	readonly workspaceId: string;
	readonly channelId: string;
	readonly what: 'raised' | 'ended';
	readonly kind: string;
	readonly subject: string;
	/** What happened and what to do, as it was when the trouble was found. */
	readonly message: string;
	/** Epoch milliseconds. */
	readonly raisedAt: number;
	/** Epoch milliseconds; null while it lasts. */
	readonly endedAt: number | null;
	/** Tries before this one. */
	readonly attempt: number;
}

/** The channel that a setting names; it is told of every workspace. */
export const OPERATOR = 'operator';
