import type { IDataObject } from 'n8n-workflow';
import type { PulledPage } from '../../hub-server/protocol';
import type { HeldSubscription } from './hubDeliveries';

/** What all activations of a node in this process share. */
export interface PullMemory {
	/** While a workflow runs that a page started: nobody else may pull. */
	isBusy: boolean;
	/** A page whose workflow has ended, and of which the hub could not be told. */
	ended?: Pick<PulledPage, 'items' | 'leaseId'> & { readonly of: HeldSubscription };
}

/** By workflow and node id. */
export type PullMemories = Map<string, PullMemory>;

export function pullMemoryOf(memories: PullMemories, nodeKey: string): PullMemory {
	const memory = memories.get(nodeKey) ?? { isBusy: false };
	memories.set(nodeKey, memory);
	return memory;
}

/** The subscription of one node, in n8n's static data. */
export function storedSubscription(staticData: IDataObject): HeldSubscription | undefined {
	return staticData[PROPERTY] as HeldSubscription | undefined;
}

export function storeSubscription(
	staticData: IDataObject,
	{ id, url, generation }: HeldSubscription,
): void {
	// n8n saves static data when a member of it is assigned.
	staticData[PROPERTY] = { id, url, generation };
}

const PROPERTY = 'xeroHubPull';
