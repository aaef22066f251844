import type { Selectable } from 'kysely';
import { ANY_EVENT, RAW_EVENT, type RelayedEvent } from '../../protocol';
import type { Clock } from '../clock';
import { newId } from '../database/newId';
import { readSubscription } from '../subscriptions/readSubscription';
import type { Tables } from '../database/tables';
import type { SubscriptionSecrets } from '../subscriptions/subscriptionSecrets';
import { sendDelivery } from './sendDelivery';
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
	subscription: Selectable<Tables['subscriptions']>,
) => Promise<TestDeliveryResult>;

/** The all-zero id: no Xero record has it. */
const NO_RECORD = '00000000-0000-0000-0000-000000000000';

/** One signed delivery of a made-up event, at once, outside the ledger and without retries. */
export function createSendTestDelivery(deps: {
	readonly secrets: SubscriptionSecrets;
	readonly targets: Pick<TargetGuard, 'dispatcherFor'>;
	readonly now: Clock;
}): SendTestDelivery {
	return async function sendTestDelivery(workspace, row) {
		const now = deps.now();
		const { events } = readSubscription(row);
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
			resource: { id: NO_RECORD, url: '', entity: type.slice(0, type.lastIndexOf('.')) },
			data: { test: true },
		};
		const result = await sendDelivery(
			{
				id: body.id,
				url: row.url,
				body: JSON.stringify(body),
				secrets: deps.secrets.signingSecrets(row, now),
			},
			{
				dispatcherFor: (url) => deps.targets.dispatcherFor(workspace.id, url),
				now: deps.now,
			},
		);
		const statusCode = result.statusCode ?? null;
		return {
			delivered: statusCode !== null && statusCode >= 200 && statusCode < 300,
			statusCode,
			ms: result.ms,
			error: result.error ?? null,
		};
	};
}
