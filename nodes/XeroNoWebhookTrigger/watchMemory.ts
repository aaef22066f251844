import type { IDataObject } from 'n8n-workflow';

import { restorePosition, storePosition, type StoredPosition } from './ListPosition';
import type { ListWatch } from './ListWatch';

/** What a trigger node remembers, by the key of the list. */
export interface WatchMemory {
	readonly lists: Map<string, ListWatch>;
	/** Grows with each save: tells what this process knows from what another one saved after it. */
	revision: number;
}

/** Of all trigger nodes of this process, by workflow and node id. */
export type WatchMemories = Map<string, WatchMemory>;

interface StoredMemory {
	readonly revision: number;
	readonly lists: Readonly<Record<string, StoredPosition>>;
}

/**
 * What is known of a node: by this process, or by n8n's static data where they were saved later, by another
 * main process. n8n saves static data when a trigger is activated and when it emits, and at no other time:
 * what a run of the workflow moved is known to this process first.
 */
export function openMemory(
	memories: WatchMemories,
	nodeKey: string,
	staticData: IDataObject,
): WatchMemory {
	const stored = staticData[PROPERTY] as StoredMemory | undefined;
	const memory = memories.get(nodeKey) ?? { lists: new Map<string, ListWatch>(), revision: 0 };
	memories.set(nodeKey, memory);
	if (stored !== undefined && stored.revision > memory.revision) {
		memory.revision = stored.revision;
		for (const watch of memory.lists.values()) watch.position = undefined;
		for (const [key, position] of Object.entries(stored.lists)) {
			watchOf(memory, key).position = restorePosition(position);
		}
	}
	return memory;
}

/** What is no longer watched is forgotten: chosen again, it begins with a baseline. */
export function keepOnly({ lists }: WatchMemory, isWatched: (key: string) => boolean): void {
	for (const key of [...lists.keys()]) if (!isWatched(key)) lists.delete(key);
}

export function watchOf({ lists }: WatchMemory, key: string): ListWatch {
	const watch = lists.get(key) ?? { isBusy: false };
	lists.set(key, watch);
	return watch;
}

/** Puts what is known into the static data, for n8n to save. */
export function saveMemory(memory: WatchMemory, staticData: IDataObject): void {
	memory.revision += 1;
	const lists = [...memory.lists].flatMap(([key, { position }]) =>
		position === undefined ? [] : [[key, storePosition(position)] as const],
	);
	const stored: StoredMemory = {
		revision: memory.revision,
		lists: Object.fromEntries(lists),
	};
	// n8n saves static data when a member of it is assigned.
	staticData[PROPERTY] = stored as unknown as IDataObject;
}

const PROPERTY = 'xeroHubChanges';
