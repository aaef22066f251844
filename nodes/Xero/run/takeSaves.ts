import type { RememberedSave } from './SaveMemory';

/** An item that asks for something. */
export interface SaveWish {
	readonly item: number;
	readonly key: string;
}

/**
 * The save that counts for each wish: the oldest of its key first, each save for one wish only. Wishes
 * that none is left for have not been saved before.
 *
 * @param used ids of saves that have counted already
 */
export function takeSaves<Save extends Pick<RememberedSave, 'id' | 'key' | 'savedAtMs'>>(
	wishes: readonly SaveWish[],
	saves: readonly Save[],
	used: ReadonlySet<string>,
): ReadonlyMap<number, Save> {
	const left = new Map<string, Save[]>();
	const unique = new Map(saves.map((save) => [save.id, save]));
	for (const save of [...unique.values()].sort((a, b) => a.savedAtMs - b.savedAtMs)) {
		if (used.has(save.id)) continue;
		const ofKey = left.get(save.key);
		if (ofKey === undefined) left.set(save.key, [save]);
		else ofKey.push(save);
	}
	const taken = new Map<number, Save>();
	for (const { item, key } of wishes) {
		const save = left.get(key)?.shift();
		if (save !== undefined) taken.set(item, save);
	}
	return taken;
}

/**
 * What two memories tell of the same saves, each once. Where they do not call them alike, those of a key
 * that both have are the same.
 */
export function mergeSaves(
	own: readonly RememberedSave[],
	further: readonly RememberedSave[],
): readonly RememberedSave[] {
	const ids = new Set(own.map(({ id }) => id));
	const unmatched = new Map<string, number>();
	for (const { key } of own) unmatched.set(key, (unmatched.get(key) ?? 0) + 1);
	for (const { id, key } of further) {
		if (ids.has(id)) unmatched.set(key, (unmatched.get(key) ?? 0) - 1);
	}
	const merged = [...own];
	for (const save of further) {
		if (ids.has(save.id)) continue;
		const same = unmatched.get(save.key) ?? 0;
		if (same > 0) unmatched.set(save.key, same - 1);
		else merged.push(save);
	}
	return merged;
}
