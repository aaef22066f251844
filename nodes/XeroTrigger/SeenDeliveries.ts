/** Deliveries that already ran, so that a repeated one does not run again. */
export interface SeenDeliveries {
	/** Whether this is the first time. */
	add(subscriptionId: string, webhookId: string): boolean;
}

/** Enough for hours of a busy organisation; about 1 MB. */
const MAX_PER_SUBSCRIPTION = 10_000;

/**
 * Kept in memory on purpose: when n8n dies with a run unfinished, the hub's next try of that
 * delivery must run again.
 */
export function createSeenDeliveries(maxPerSubscription = MAX_PER_SUBSCRIPTION): SeenDeliveries {
	const seen = new Map<string, Set<string>>();

	return {
		add(subscriptionId, webhookId) {
			const ids = seen.get(subscriptionId) ?? new Set();
			seen.set(subscriptionId, ids);
			if (ids.has(webhookId)) return false;
			ids.add(webhookId);
			if (ids.size > maxPerSubscription) {
				for (const oldest of ids) {
					ids.delete(oldest);
					break;
				}
			}
			return true;
		},
	};
}
