/** n8n's answer to one delivery, which stands only after the trigger has let it through. */
export interface Answer {
	/** `undefined` while n8n has not answered yet: it saves the execution first, or waits for its end. */
	status(): number | undefined;
}

/**
 * Deliveries that were taken, so that a repeated one does not run again.
 *
 * One is taken when a 2xx has gone out, not when it was let through: where n8n cannot save the
 * execution it answers 500, and the hub's next try must run.
 */
export interface TakenDeliveries {
	/**
	 * `taken`: it ran, or will. `in_flight`: another try of it has no answer yet. `new`: let it through;
	 * from now on it is in flight until `answer` has a status.
	 */
	begin(subscriptionId: string, webhookId: string, answer: Answer): 'new' | 'in_flight' | 'taken';
	/** The answer has its status, or never will: nothing more is kept of the exchange. */
	settle(subscriptionId: string, webhookId: string): void;
}

/** Enough for hours of a busy organisation; about 1 MB. */
const MAX_PER_SUBSCRIPTION = 10_000;

/**
 * Kept in memory on purpose: when n8n dies with a run unfinished, the hub's next try of that
 * delivery must run again.
 */
export function createTakenDeliveries(maxPerSubscription = MAX_PER_SUBSCRIPTION): TakenDeliveries {
	const bySubscription = new Map<string, Map<string, Answer | 'taken'>>();

	const deliveriesOf = (subscriptionId: string) => {
		const known = bySubscription.get(subscriptionId) ?? new Map<string, Answer | 'taken'>();
		bySubscription.set(subscriptionId, known);
		return known;
	};

	function settle(subscriptionId: string, webhookId: string): void {
		const deliveries = deliveriesOf(subscriptionId);
		const known = deliveries.get(webhookId);
		if (known === undefined || known === 'taken') return;
		const status = known.status();
		// The hub may have hung up while the workflow still runs: that try is in flight until it ends.
		if (status === undefined) return;
		if (status >= 200 && status < 300) deliveries.set(webhookId, 'taken');
		else deliveries.delete(webhookId);
	}

	return {
		settle,
		begin(subscriptionId, webhookId, answer) {
			settle(subscriptionId, webhookId);
			const deliveries = deliveriesOf(subscriptionId);
			const known = deliveries.get(webhookId);
			if (known !== undefined) return known === 'taken' ? 'taken' : 'in_flight';
			deliveries.set(webhookId, answer);
			if (deliveries.size > maxPerSubscription) {
				for (const oldest of deliveries.keys()) {
					deliveries.delete(oldest);
					break;
				}
			}
			return 'new';
		},
	};
}
