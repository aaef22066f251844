import type { Clock } from '../clock';
import type { DeliveryLedger, Verdict } from './deliveryLedger';
import { SWITCHED_OFF } from '../events/switchedOff';
import { NOT_ASKED_FOR } from '../subscriptions/matchEvent';
import type { SubscriptionSecrets } from '../subscriptions/subscriptionSecrets';
import type { DueDelivery } from './DueDelivery';
import { judgeAttempt } from './judgeAttempt';
import { relayBody } from './relayBody';
import { isSuccess, sendDelivery, type SendResult } from './sendDelivery';
import type { TargetGuard } from './targetGuard';

export interface AttemptDeliveryDeps {
	readonly ledger: Pick<DeliveryLedger, 'finish'>;
	readonly secrets: Pick<SubscriptionSecrets, 'signingSecrets'>;
	readonly targets: Pick<TargetGuard, 'dispatcherFor'>;
	readonly now: Clock;
	readonly random: () => number;
	onAttempt?(verdict: Verdict, ms: number): void;
}

/** One attempt of a claimed delivery: build, sign, POST, and write down what came of it. */
export function createAttemptDelivery(
	deps: AttemptDeliveryDeps,
): (delivery: DueDelivery) => Promise<void> {
	return async function attemptDelivery(delivery) {
		const { subscription, named } = delivery;
		if (delivery.isSwitchedOff) {
			await deps.ledger.finish(delivery, { kind: 'filtered', reason: SWITCHED_OFF });
			return;
		}
		if (named === null) {
			await deps.ledger.finish(delivery, { kind: 'filtered', reason: NOT_ASKED_FOR });
			return;
		}

		const sent = await sendDelivery(
			{
				id: delivery.id,
				url: subscription.url,
				body: JSON.stringify(relayBody(delivery, named)),
				secrets: deps.secrets.signingSecrets(subscription.secrets, deps.now()),
			},
			{
				dispatcherFor: (url) => deps.targets.dispatcherFor(delivery.workspace.id, url),
				now: deps.now,
			},
		);
		const result = subscription.requireReceipt ? demandReceipt(sent) : sent;
		const verdict = judgeAttempt(result, delivery.attempt, deps.random());
		await deps.ledger.finish(delivery, verdict, result);
		deps.onAttempt?.(verdict, result.ms);
	};
}

/** A 2xx that the trigger did not sign proves nothing: n8n says 200 while it starts, and so do proxies. */
function demandReceipt(result: SendResult): SendResult {
	if (!isSuccess(result.statusCode) || result.hasReceipt) return result;
	return {
		...result,
		error:
			`It answered ${result.statusCode} without the trigger's receipt: n8n may still be starting, ` +
			'or something else answers in its place.',
	};
}
