import type { IDataObject } from 'n8n-workflow';

import type { StoredSubscription } from './receiveRelay';

/**
 * Subscriptions of one trigger node in n8n's static data, by webhook URL: listening for a test event
 * uses another URL than the published workflow, and must not disturb its subscription.
 */
export interface SubscriptionStore {
	get(url: string): StoredSubscription | undefined;
	set(url: string, subscription: StoredSubscription): void;
	remove(url: string): void;
}

export function subscriptionStore(staticData: IDataObject): SubscriptionStore {
	const all = () =>
		(staticData.subscriptions ?? {}) as Readonly<Record<string, StoredSubscription>>;

	return {
		get: (url) => all()[url],
		// n8n saves static data when a member of it is assigned, so the whole map is replaced.
		set(url, { id, secret }) {
			staticData.subscriptions = { ...all(), [url]: { id, secret } };
		},
		remove(url) {
			staticData.subscriptions = Object.fromEntries(
				Object.entries(all()).filter(([known]) => known !== url),
			);
		},
	};
}
