import type { IDataObject } from 'n8n-workflow';

import type { RememberedSave } from './SaveMemory';
import type { SaveWish } from './takeSaves';

/** Whether what stands of a run that stopped is saved again by the next one. */
export interface SecondRun {
	/** A retry of the execution leaves it out. */
	readonly retryLeavesOut: boolean;
	/** A run from the editor leaves it out. */
	readonly manualLeavesOut: boolean;
	/** Why it is saved again. */
	readonly reason?: string;
}

/** What earlier runs of the node, and this one, have saved. */
export interface Saves {
	/** Of what an item asks for, whatever items stand beside it. */
	keyOf(tenantId: string, content: readonly unknown[]): string;
	/**
	 * The save of a run that stopped for each item that needs no other: in a retry and in a run from the
	 * editor. Each save counts for one item.
	 */
	take(wishes: readonly SaveWish[]): Promise<ReadonlyMap<number, RememberedSave>>;
	/** An item was saved. It is remembered before anything more is sent. */
	note(key: string, records: readonly IDataObject[]): void;
	/** Remembers what was noted. */
	flush(): Promise<void>;
	/** The run has sent everything, and what it used and made is forgotten. */
	complete(): Promise<void>;
	/** The run has stopped, and all that was saved is remembered. */
	stop(): Promise<SecondRun>;
}
