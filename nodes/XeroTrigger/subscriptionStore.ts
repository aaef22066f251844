import type { IDataObject } from 'n8n-workflow';

import type { StoredSubscription } from './StoredSubscription';

/**
 * The subscription of one trigger node, in n8n's static data.
 *
 * A trigger that listens for a test event is given static data of its own, so the published one is
 * not disturbed. Neither URL nor mode could tell the two apart: a delivery to the test URL is told the
 * production URL, and n8n ends both kinds in mode `internal`.
 */
export interface SubscriptionStore {
	get(): StoredSubscription | undefined;
	set(subscription: StoredSubscription): void;
	remove(): void;
}

export function subscriptionStore(staticData: IDataObject): SubscriptionStore {
	return {
		get: () => staticData.subscription as StoredSubscription | undefined,
		// n8n saves static data when a member of it is assigned.
		set({ id, secret, generation, asked }) {
			staticData.subscription = { id, secret, generation, asked };
		},
		remove() {
			staticData.subscription = undefined;
		},
	};
}
