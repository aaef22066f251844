import type { Kysely } from 'kysely';
import type { GrantStatus, Tables } from '../../database/tables';
import { readWish } from '../../relay/deliveryReader';
import { deliveryTarget, type DeliveryTarget } from './deliveryTarget';

/** What the portal's pages need to know beyond the API's views. */
export interface PortalReader {
	/** Those that the workspace uses, by their ids. */
	grants(workspaceId: string): Promise<ReadonlyMap<string, GrantHealth>>;
	/** The newest of what happened, newest first. @param after an id of {@link ActivityEntry} */
	activity(workspaceId: string, after: string | undefined, limit: number): Promise<ActivityEntry[]>;
}

/** How well a grant's tokens are. Times are epoch milliseconds. */
export interface GrantHealth {
	readonly status: GrantStatus;
	readonly refreshedAt: number;
	readonly expiresAt: number;
	readonly scope: string;
}

/** Ids are UUIDv7, so they sort by time. */
export type ActivityEntry =
	| {
			readonly kind: 'event';
			readonly id: string;
			readonly at: number;
			readonly tenantId: string;
			/** Such as `INVOICE updated`. */
			readonly what: string;
	  }
	| {
			readonly kind: 'attempt';
			readonly id: string;
			readonly at: number;
			readonly deliveryId: string;
			/** Such as `INVOICE updated`. */
			readonly what: string;
			readonly number: number;
			readonly statusCode: number | null;
			readonly error: string | null;
			readonly target: DeliveryTarget;
	  }
	| {
			readonly kind: 'alert';
			readonly id: string;
			readonly at: number;
			readonly alert: string;
	  };

export function createPortalReader(db: Kysely<Tables>): PortalReader {
	return {
		async grants(workspaceId) {
			const rows = await db
				.selectFrom('grants')
				.select(['id', 'status', 'refreshed_at', 'expires_at', 'scope'])
				.where('id', 'in', (e) =>
					e.selectFrom('connections').select('grant_id').where('workspace_id', '=', workspaceId),
				)
				.execute();
			return new Map(
				rows.map(({ id, status, refreshed_at, expires_at, scope }) => [
					id,
					{ status, refreshedAt: refreshed_at, expiresAt: expires_at, scope },
				]),
			);
		},

		async activity(workspaceId, after, limit) {
			const [events, attempts, alerts] = await Promise.all([
				db
					.selectFrom('events')
					.select(['id', 'tenant_id', 'category', 'change', 'received_at'])
					.where('workspace_id', '=', workspaceId)
					.$if(after !== undefined, (q) => q.where('id', '>', after as string))
					.orderBy('id', 'desc')
					.limit(limit)
					.execute(),
				db
					.selectFrom('attempts as a')
					.innerJoin('deliveries as d', 'd.id', 'a.delivery_id')
					.innerJoin('events as e', 'e.id', 'd.event_id')
					.leftJoin('subscriptions as s', 's.id', 'd.subscription_id')
					.selectAll('a')
					.select(['s.url', 's.delivery', 's.workflow_id', 'e.category', 'e.change'])
					.where('d.workspace_id', '=', workspaceId)
					.$if(after !== undefined, (q) => q.where('a.id', '>', after as string))
					.orderBy('a.id', 'desc')
					.limit(limit)
					.execute(),
				db
					.selectFrom('alerts')
					.select(['id', 'kind', 'raised_at'])
					.where('workspace_id', '=', workspaceId)
					.$if(after !== undefined, (q) => q.where('id', '>', after as string))
					.orderBy('id', 'desc')
					.limit(limit)
					.execute(),
			]);
			const entries: ActivityEntry[] = [
				...events.map((event) => ({
					kind: 'event' as const,
					id: event.id,
					at: event.received_at,
					tenantId: event.tenant_id,
					what: `${event.category} ${event.change}`,
				})),
				...attempts.map((attempt) => ({
					kind: 'attempt' as const,
					id: attempt.id,
					at: attempt.started_at + attempt.ms,
					deliveryId: attempt.delivery_id,
					what: `${attempt.category} ${attempt.change}`,
					number: attempt.number,
					statusCode: attempt.status_code,
					error: attempt.error,
					target: deliveryTarget(readWish(attempt)),
				})),
				...alerts.map(({ id, kind, raised_at: at }) => ({
					kind: 'alert' as const,
					id,
					at,
					alert: kind,
				})),
			];
			return entries.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit);
		},
	};
}
