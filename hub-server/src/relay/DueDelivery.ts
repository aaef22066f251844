import type { StoredEvent } from '../events/StoredEvent';
import type { ClassifiedType } from '../subscriptions/matchEvent';
import type { SealedSecrets } from '../subscriptions/subscriptionSecrets';

/** A delivery with all that a POST of it is made from. */
export interface LoadedDelivery {
	readonly id: string;
	/** Attempts begun: 1 for the first. */
	readonly attempt: number;
	readonly event: StoredEvent;
	readonly subscription: {
		readonly id: string;
		readonly url: string;
		/** The record goes into the body. */
		readonly hydrate: boolean;
		/** A 2xx counts only with the trigger's receipt. */
		readonly requireReceipt: boolean;
		readonly secrets: SealedSecrets;
	};
	/** What the workflow gets it as; null when its subscription does not ask for it. */
	readonly named: ClassifiedType | null;
	readonly workspace: { readonly id: string; readonly slug: string };
	readonly tenantName: string | null;
	/** The organisation was switched off in the workspace since. */
	readonly isSwitchedOff: boolean;
	readonly isReplay: boolean;
	/** It waited because its trigger was unpublished. */
	readonly hasWaited: boolean;
}

/** A delivery that this process may attempt until its lease ends. */
export interface DueDelivery extends LoadedDelivery {
	readonly leaseId: string;
}
