import type { Kysely } from 'kysely';
import { ANY_EVENT } from '../../protocol';
import type { Tables } from '../database/tables';
import { findEntity, type XeroEntity } from '../records/xeroEntities';

/**
 * What Xero has webhooks for (its OpenAPI file 20.0.0, November 2026), of what the hub can read: the rest comes
 * from syncs alone, and no webhook of it can be missed.
 */
export const FED_BY_WEBHOOKS: readonly XeroEntity[] = [
	'contact',
	'invoice',
	'credit_note',
	'payment',
	'prepayment',
	'overpayment',
].flatMap((entity) => findEntity(entity) ?? []);

/** Of what webhooks tell, that of which a subscription would get an event; by organisation. */
export type ListenedEntities = (connection: {
	readonly workspaceId: string;
	readonly tenantId: string;
}) => readonly XeroEntity[];

/** What subscriptions listen to now, those that are parked too. `raw` takes nothing that a sync finds. */
export async function listenedEntities(
	db: Kysely<Tables>,
	workspaceIds: readonly string[],
): Promise<ListenedEntities> {
	if (workspaceIds.length === 0) return () => [];
	const rows = await db
		.selectFrom('subscriptions')
		.select(['workspace_id as workspaceId', 'events', 'tenant_ids as tenantIds'])
		.where('workspace_id', 'in', [...new Set(workspaceIds)])
		.where('status', 'in', ['active', 'parked'])
		.execute();
	const wishes = Map.groupBy(
		rows.map(({ workspaceId, events, tenantIds }) => ({
			workspaceId,
			tenantIds: JSON.parse(tenantIds) as readonly string[],
			entities: entitiesOf(JSON.parse(events) as readonly string[]),
		})),
		({ workspaceId }) => workspaceId,
	);
	return ({ workspaceId, tenantId }) => {
		const own = (wishes.get(workspaceId) ?? []).filter(
			({ tenantIds }) => tenantIds.length === 0 || tenantIds.includes(tenantId),
		);
		return FED_BY_WEBHOOKS.filter((entity) => own.some(({ entities }) => entities.has(entity)));
	};
}

function entitiesOf(types: readonly string[]): ReadonlySet<XeroEntity> {
	if (types.includes(ANY_EVENT)) return new Set(FED_BY_WEBHOOKS);
	return new Set(types.flatMap((type) => findEntity(type.slice(0, type.lastIndexOf('.'))) ?? []));
}
