import type { Selectable } from 'kysely';
import type { SubscriptionView } from '../../protocol';
import type { Tables } from '../database/tables';

/** A subscription's row in the API's words, without its secrets. */
export function readSubscription(row: Selectable<Tables['subscriptions']>): SubscriptionView {
	return {
		id: row.id,
		url: row.url,
		events: JSON.parse(row.events) as string[],
		tenantIds: JSON.parse(row.tenant_ids) as string[],
		hydrate: row.hydrate === 1,
		status: row.status,
		createdAt: new Date(row.created_at).toISOString(),
	};
}
