import { ANY_EVENT, RAW_EVENT, type RelayedEvent, type SubscriptionView } from '../../protocol';
import type { Clock } from '../clock';
import { newId } from '../database/newId';
import { ConflictError } from '../errors/requestErrors';
import type { SubscriptionStore } from '../subscriptions/subscriptionStore';
import { isSuccess, sendDelivery } from './sendDelivery';
import type { TargetGuard } from './targetGuard';

/** What a person sees after pressing "send a test". */
export interface TestDeliveryResult {
	readonly delivered: boolean;
	readonly statusCode: number | null;
	readonly ms: number;
	/** Why there was no status. */
	readonly error: string | null;
}

export type SendTestDelivery = (
	workspace: { readonly id: string; readonly slug: string },
	subscription: SubscriptionView,
) => Promise<TestDeliveryResult>;

/** The all-zero id: no Xero record has it. */
const NO_RECORD = '00000000-0000-0000-0000-000000000000';

const NOTHING_IS_SENT =
	'This subscription is pulled from: nothing is sent to it, so there is nothing to test.';

/** One signed delivery of a made-up event, at once, outside the ledger and without retries. @throws ConflictError where it is pulled */
export function createSendTestDelivery(deps: {
	readonly subscriptions: Pick<SubscriptionStore, 'signingSecrets'>;
	readonly targets: Pick<TargetGuard, 'dispatcherFor'>;
	readonly now: Clock;
}): SendTestDelivery {
	return async function sendTestDelivery(workspace, subscription) {
		const { id, url, events, requireReceipt } = subscription;
		if (subscription.delivery === 'pull') throw new ConflictError(NOTHING_IS_SENT);
		const now = deps.now();
		const type =
			events.find((name) => name !== ANY_EVENT && name !== RAW_EVENT) ?? 'contact.updated';
		const at = new Date(now).toISOString();
		const body: RelayedEvent = {
			id: `test_${newId(now)}`,
			type,
			workspace: workspace.slug,
			tenant: { id: NO_RECORD, name: 'Test organisation' },
			source: 'replay',
			occurredAt: at,
			receivedAt: at,
			types: [type],
			resource: { id: NO_RECORD, url: '', entity: type.slice(0, type.lastIndexOf('.')) },
			data: { test: true },
			links: [],
		};
		const result = await sendDelivery(
			{
				id: body.id,
				url,
				body: JSON.stringify(body),
				secrets: await deps.subscriptions.signingSecrets(workspace.id, id),
			},
			{
				dispatcherFor: (url) => deps.targets.dispatcherFor(workspace.id, url),
				now: deps.now,
			},
		);
		const statusCode = result.statusCode ?? null;
		return {
			delivered: isSuccess(result.statusCode) && (!requireReceipt || result.hasReceipt),
			statusCode,
			ms: result.ms,
			error: result.error ?? null,
		};
	};
}
