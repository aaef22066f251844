import type { IExecuteFunctions } from 'n8n-workflow';

import { success } from '../errors/failure';
import { REMEMBERED_MS, type RememberedSave, type SaveMemory } from './SaveMemory';

const PROPERTY = 'xeroHubSaves';

/** By the id of the node. */
type SavesOfNodes = Record<string, readonly RememberedSave[]>;

/**
 * What a node saved, in the flow context of the execution: n8n hands it to a retry, and to nothing else.
 *
 * @param now Unix milliseconds
 */
export function executionSaveMemory(
	context: Pick<IExecuteFunctions, 'getContext' | 'getNode'>,
	now: () => number,
): SaveMemory {
	const flow = context.getContext('flow');
	const { id } = context.getNode();
	const all = () => (flow[PROPERTY] ?? {}) as SavesOfNodes;
	const replace = (saves: readonly RememberedSave[]) => {
		const others = Object.entries(all()).filter(([node]) => node !== id);
		const next = Object.fromEntries(saves.length === 0 ? others : [...others, [id, saves]]);
		if (Object.keys(next).length > 0) flow[PROPERTY] = next;
		else delete flow[PROPERTY];
	};
	const kept = () => savesIn(flow, id).filter(({ savedAtMs }) => savedAtMs > now() - REMEMBERED_MS);

	return {
		async load(keys) {
			return success(kept().filter(({ key }) => keys.has(key)));
		},
		async remember(saves) {
			const before = kept();
			const known = new Set(before.map((save) => save.id));
			replace([...before, ...saves.filter((save) => !known.has(save.id))]);
			return success(undefined);
		},
		async forget() {
			replace([]);
			return success(undefined);
		},
	};
}

/** The saves of a node that the flow context of an execution holds. */
export function savesIn(
	flow: Readonly<Record<string, unknown>>,
	nodeId: string,
): readonly RememberedSave[] {
	return ((flow[PROPERTY] ?? {}) as SavesOfNodes)[nodeId] ?? [];
}
