import type { Selectable } from 'kysely';
import type { SubscriptionFilter, SubscriptionView, TriggerKey } from '../../protocol';
import type { Tables } from '../database/tables';

type Row = Selectable<Tables['subscriptions']>;

/** A subscription's row in the API's words, without its secrets. */
export function readSubscription(row: Row): SubscriptionView {
	return {
		id: row.id,
		url: row.url,
		events: JSON.parse(row.events) as string[],
		tenantIds: JSON.parse(row.tenant_ids) as string[],
		hydrate: row.hydrate === 1,
		key: readKey(row),
		mode: row.mode,
		generation: row.generation,
		requireReceipt: row.require_receipt === 1,
		whileUnpublished: row.while_unpublished,
		filter: row.filter === null ? null : (JSON.parse(row.filter) as SubscriptionFilter),
		delivery: row.delivery,
		pulledAt: iso(row.pulled_at),
		status: row.status,
		parkedUntil: iso(row.parked_until),
		movedFrom: row.moved_from,
		createdAt: new Date(row.created_at).toISOString(),
	};
}

function readKey({ instance_id, workflow_id, node_id }: Row): TriggerKey | null {
	if (instance_id === null || workflow_id === null || node_id === null) return null;
	return { instanceId: instance_id, workflowId: workflow_id, nodeId: node_id };
}

function iso(at: number | null): string | null {
	return at === null ? null : new Date(at).toISOString();
}
