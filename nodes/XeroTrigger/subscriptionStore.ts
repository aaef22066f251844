import type { IDataObject, WorkflowExecuteMode } from 'n8n-workflow';

import type { StoredSubscription } from './receiveRelay';

/**
 * The subscription of one trigger node, in n8n's static data: one for the published workflow, and
 * one while the editor listens for a test event, so that neither disturbs the other.
 *
 * n8n's mode tells them apart. The URL does not: a delivery that comes to the test URL is told the
 * production URL.
 */
export interface SubscriptionStore {
	get(): StoredSubscription | undefined;
	set(subscription: StoredSubscription): void;
	remove(): void;
}

/** @param mode `manual` when the editor listens, anything else when the workflow is published */
export function subscriptionStore(
	staticData: IDataObject,
	mode: WorkflowExecuteMode,
): SubscriptionStore {
	const key = mode === 'manual' ? 'testSubscription' : 'subscription';

	return {
		get: () => staticData[key] as StoredSubscription | undefined,
		// n8n saves static data when a member of it is assigned.
		set({ id, secret }) {
			staticData[key] = { id, secret };
		},
		remove() {
			staticData[key] = undefined;
		},
	};
}
