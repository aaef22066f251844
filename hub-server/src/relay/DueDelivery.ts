import type { EventLinks } from './linksOf';
import type { StoredEvent } from '../events/StoredEvent';
import type { ClassifiedType } from '../subscriptions/matchEvent';
import type { SealedSecrets } from '../subscriptions/subscriptionSecrets';

/** A delivery with all that a POST of it is made from. */
export interface LoadedDelivery {
	readonly id: string;
	/** The attempt that comes next: 1 for the first. */
	readonly attempt: number;
	readonly event: StoredEvent;
	/** How large the event and its record are as text, roughly. */
	readonly bytes: number;
	readonly subscription: {
		readonly id: string;
		readonly url: string;
		/** Grows with each time that its trigger is published. */
		readonly generation: number;
		/** The record goes into the body. */
		readonly hydrate: boolean;
		/** A 2xx counts only with the trigger's receipt. */
		readonly requireReceipt: boolean;
		readonly secrets: SealedSecrets;
		/** Failures in a row that were known when this was read. */
		readonly failures: number;
	};
	/** What the workflow gets it as; null when its subscription does not ask for it. */
	readonly named: ClassifiedType | null;
	readonly workspace: { readonly id: string; readonly slug: string };
	readonly tenantName: string | null;
	/** What the record is in other systems now. */
	readonly links: EventLinks;
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
