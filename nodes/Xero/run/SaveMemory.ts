import type { IDataObject } from 'n8n-workflow';

import type { Outcome } from '../errors/failure';

/** What one item saved in Xero, in a run of a node that did not complete. */
export interface RememberedSave {
	readonly id: string;
	/** Hash of what the item asked for; equal items have the same. */
	readonly key: string;
	/** Unix milliseconds. */
	readonly savedAtMs: number;
	/** What came out for the item; absent where that is not known any more. */
	readonly records?: readonly IDataObject[];
}

/** How long a save is remembered: the person who corrects the item is still at it. */
export const REMEMBERED_MS = 60 * 60_000;

/**
 * Where a node keeps what its runs have saved, from a run that stopped to the next one. Kept when the
 * run fails, and found by another process. What is older than {@link REMEMBERED_MS} is forgotten.
 */
export interface SaveMemory {
	/**
	 * @param keys that are asked for, with how many saves of each matter
	 * @param execution only saves of this one; those of all where absent
	 */
	load(
		keys: ReadonlyMap<string, number>,
		execution?: string,
	): Promise<Outcome<readonly RememberedSave[]>>;
	/** Kept when it resolves; saves that are told twice are kept once. */
	remember(saves: readonly RememberedSave[]): Promise<Outcome<void>>;
	/** All saves of the node, or those that the execution and those it retries have made. */
	forget(which: 'all' | readonly RememberedSave[]): Promise<Outcome<void>>;
}
