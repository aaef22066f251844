import { PROBE, type SubscriptionView } from '../../protocol';
import type { Clock } from '../clock';
import { newId } from '../database/newId';
import type { SubscriptionStore } from '../subscriptions/subscriptionStore';
import { sendDelivery } from './sendDelivery';
import type { TargetGuard } from './targetGuard';

/**
 * Whether the subscription's trigger answers at its address, by a receipt that nobody else can give.
 * Starts no workflow. Always false where the trigger gives no receipts: it would take a question for an
 * event.
 */
export type ProbeTrigger = (
	workspaceId: string,
	subscription: Pick<SubscriptionView, 'id' | 'url' | 'requireReceipt'>,
) => Promise<boolean>;

/** n8n answers a probe without running anything; a *create* waits for this. */
const PROBE_TIMEOUT_MS = 5_000;

export function createProbeTrigger(deps: {
	readonly subscriptions: Pick<SubscriptionStore, 'signingSecrets'>;
	readonly targets: Pick<TargetGuard, 'dispatcherFor'>;
	readonly now: Clock;
}): ProbeTrigger {
	return async function probeTrigger(workspaceId, { id, url, requireReceipt }) {
		if (!requireReceipt) return false;
		const probeId = `probe_${newId(deps.now())}`;
		const { hasReceipt } = await sendDelivery(
			{
				id: probeId,
				url,
				body: JSON.stringify({ id: probeId, type: PROBE }),
				secrets: await deps.subscriptions.signingSecrets(workspaceId, id),
			},
			{
				dispatcherFor: (target) => deps.targets.dispatcherFor(workspaceId, target),
				now: deps.now,
				timeoutMs: PROBE_TIMEOUT_MS,
			},
		);
		return hasReceipt;
	};
}
