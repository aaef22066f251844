import { sql, type Kysely } from 'kysely';

/**
 * Workspaces, keys, grants, and the ledger of payloads, events, deliveries and attempts.
 *
 * One schema for SQLite and PostgreSQL, kept to what both spell alike: text ids (UUIDv7), epoch
 * milliseconds as bigint, JSON as text, booleans as 0/1. Only bytes differ by engine.
 */
export function firstLight(engine: 'sqlite' | 'postgres') {
	const bytes = engine === 'postgres' ? sql`bytea` : sql`blob`;

	return {
		async up(db: Kysely<unknown>): Promise<void> {
			const { schema } = db;

			await schema
				.createTable('settings')
				.addColumn('name', 'text', (c) => c.primaryKey())
				.addColumn('value', 'text', (c) => c.notNull())
				.execute();

			await schema
				.createTable('admin_keys')
				.addColumn('id', 'text', (c) => c.primaryKey())
				.addColumn('name', 'text', (c) => c.notNull())
				.addColumn('hash', 'text', (c) => c.notNull().unique())
				.addColumn('created_at', 'bigint', (c) => c.notNull())
				.addColumn('revoked_at', 'bigint')
				.execute();

			await schema
				.createTable('workspaces')
				.addColumn('id', 'text', (c) => c.primaryKey())
				.addColumn('slug', 'text', (c) => c.notNull().unique())
				.addColumn('name', 'text', (c) => c.notNull())
				.addColumn('n8n_base_urls', 'text', (c) => c.notNull())
				.addColumn('created_at', 'bigint', (c) => c.notNull())
				.execute();

			await schema
				.createTable('app_keys')
				.addColumn('workspace_id', 'text', (c) =>
					c.primaryKey().references('workspaces.id').onDelete('cascade'),
				)
				.addColumn('client_id', 'text', (c) => c.notNull())
				.addColumn('client_secret', 'text', (c) => c.notNull())
				.addColumn('webhook_key', 'text')
				.addColumn('previous_webhook_key', 'text')
				.addColumn('previous_webhook_key_until', 'bigint')
				.addColumn('scopes', 'text', (c) => c.notNull())
				.addColumn('tier', 'text', (c) => c.notNull())
				.addColumn('handshake_at', 'bigint')
				.addColumn('updated_at', 'bigint', (c) => c.notNull())
				.execute();

			await schema
				.createTable('api_keys')
				.addColumn('id', 'text', (c) => c.primaryKey())
				.addColumn('workspace_id', 'text', (c) =>
					c.notNull().references('workspaces.id').onDelete('cascade'),
				)
				.addColumn('name', 'text', (c) => c.notNull())
				.addColumn('hash', 'text', (c) => c.notNull().unique())
				.addColumn('created_at', 'bigint', (c) => c.notNull())
				.addColumn('last_used_at', 'bigint')
				.addColumn('revoked_at', 'bigint')
				.execute();

			await schema
				.createTable('connect_states')
				.addColumn('state_hash', 'text', (c) => c.primaryKey())
				.addColumn('workspace_id', 'text', (c) =>
					c.notNull().references('workspaces.id').onDelete('cascade'),
				)
				.addColumn('code_verifier', 'text', (c) => c.notNull())
				.addColumn('nonce', 'text', (c) => c.notNull())
				.addColumn('expires_at', 'bigint', (c) => c.notNull())
				.addColumn('used_at', 'bigint')
				.execute();

			await schema
				.createTable('grants')
				.addColumn('id', 'text', (c) => c.primaryKey())
				.addColumn('workspace_id', 'text', (c) =>
					c.notNull().references('workspaces.id').onDelete('cascade'),
				)
				.addColumn('xero_user_id', 'text', (c) => c.notNull())
				.addColumn('access_token', 'text', (c) => c.notNull())
				.addColumn('refresh_token', 'text')
				.addColumn('scope', 'text', (c) => c.notNull())
				.addColumn('expires_at', 'bigint', (c) => c.notNull())
				.addColumn('gen', 'integer', (c) => c.notNull())
				.addColumn('status', 'text', (c) => c.notNull())
				.addColumn('lease_id', 'text')
				.addColumn('lease_until', 'bigint')
				.addColumn('refreshed_at', 'bigint', (c) => c.notNull())
				.addColumn('created_at', 'bigint', (c) => c.notNull())
				.addUniqueConstraint('grants_user_key', ['workspace_id', 'xero_user_id'])
				.execute();

			await schema
				.createTable('connections')
				.addColumn('id', 'text', (c) => c.primaryKey())
				.addColumn('workspace_id', 'text', (c) =>
					c.notNull().references('workspaces.id').onDelete('cascade'),
				)
				.addColumn('grant_id', 'text', (c) =>
					c.notNull().references('grants.id').onDelete('cascade'),
				)
				.addColumn('xero_connection_id', 'text', (c) => c.notNull())
				.addColumn('tenant_id', 'text', (c) => c.notNull())
				.addColumn('tenant_name', 'text')
				.addColumn('tenant_type', 'text', (c) => c.notNull())
				.addColumn('enabled', 'integer', (c) => c.notNull())
				.addColumn('created_at', 'bigint', (c) => c.notNull())
				.addUniqueConstraint('connections_tenant_key', ['workspace_id', 'tenant_id'])
				.execute();

			// The inbox: Xero waits for this insert, so it is one short row at the end of one tree.
			await schema
				.createTable('payloads')
				.addColumn('id', engine === 'postgres' ? 'bigserial' : 'integer', (c) =>
					engine === 'postgres' ? c.primaryKey() : c.primaryKey().autoIncrement(),
				)
				.addColumn('workspace_id', 'text', (c) =>
					c.notNull().references('workspaces.id').onDelete('cascade'),
				)
				.addColumn('body', bytes, (c) => c.notNull())
				.addColumn('signed_with', 'text', (c) => c.notNull())
				.addColumn('received_at', 'bigint', (c) => c.notNull())
				.addColumn('routed_at', 'bigint')
				.execute();

			await schema
				.createIndex('payloads_to_route')
				.on('payloads')
				.column('id')
				.where(sql.ref('routed_at'), 'is', null)
				.execute();

			await schema
				.createTable('events')
				.addColumn('id', 'text', (c) => c.primaryKey())
				.addColumn('workspace_id', 'text', (c) =>
					c.notNull().references('workspaces.id').onDelete('cascade'),
				)
				.addColumn('tenant_id', 'text', (c) => c.notNull())
				.addColumn('category', 'text', (c) => c.notNull())
				.addColumn('change', 'text', (c) => c.notNull())
				.addColumn('resource_id', 'text', (c) => c.notNull())
				.addColumn('resource_url', 'text', (c) => c.notNull())
				.addColumn('event_date_utc', 'text', (c) => c.notNull())
				.addColumn('occurred_at', 'bigint', (c) => c.notNull())
				.addColumn('received_at', 'bigint', (c) => c.notNull())
				.addColumn('source', 'text', (c) => c.notNull())
				.addColumn('payload_id', 'bigint')
				.addColumn('original', 'text', (c) => c.notNull())
				.addColumn('record_state', 'text', (c) => c.notNull())
				.addColumn('record', 'text')
				.addColumn('record_attempt', 'integer', (c) => c.notNull())
				.addColumn('record_next_at', 'bigint')
				.addColumn('record_lease_id', 'text')
				.addColumn('record_lease_until', 'bigint')
				// Xero gives no event id: this is what a retry of its own repeats.
				.addUniqueConstraint('events_identity_key', [
					'workspace_id',
					'tenant_id',
					'category',
					'resource_id',
					'change',
					'event_date_utc',
				])
				.execute();

			await schema
				.createIndex('events_by_workspace')
				.on('events')
				.columns(['workspace_id', 'id'])
				.execute();

			await schema
				.createIndex('events_awaiting_record')
				.on('events')
				.column('record_next_at')
				.where(sql.ref('record_state'), '=', sql.lit('needed'))
				.execute();

			await schema
				.createTable('subscriptions')
				.addColumn('id', 'text', (c) => c.primaryKey())
				.addColumn('workspace_id', 'text', (c) =>
					c.notNull().references('workspaces.id').onDelete('cascade'),
				)
				.addColumn('url', 'text', (c) => c.notNull())
				.addColumn('events', 'text', (c) => c.notNull())
				.addColumn('tenant_ids', 'text', (c) => c.notNull())
				.addColumn('hydrate', 'integer', (c) => c.notNull())
				.addColumn('secret', 'text', (c) => c.notNull())
				.addColumn('previous_secret', 'text')
				.addColumn('previous_secret_until', 'bigint')
				.addColumn('status', 'text', (c) => c.notNull())
				.addColumn('consecutive_failures', 'integer', (c) => c.notNull())
				.addColumn('failing_since', 'bigint')
				.addColumn('paused_until', 'bigint')
				.addColumn('created_at', 'bigint', (c) => c.notNull())
				.addUniqueConstraint('subscriptions_url_key', ['workspace_id', 'url'])
				.execute();

			await schema
				.createTable('deliveries')
				.addColumn('id', 'text', (c) => c.primaryKey())
				.addColumn('workspace_id', 'text', (c) =>
					c.notNull().references('workspaces.id').onDelete('cascade'),
				)
				.addColumn('event_id', 'text', (c) =>
					c.notNull().references('events.id').onDelete('cascade'),
				)
				// No reference: the account of what was delivered outlives the subscription.
				.addColumn('subscription_id', 'text', (c) => c.notNull())
				.addColumn('replay_of', 'text')
				.addColumn('status', 'text', (c) => c.notNull())
				.addColumn('attempt', 'integer', (c) => c.notNull())
				.addColumn('next_at', 'bigint', (c) => c.notNull())
				.addColumn('lease_id', 'text')
				.addColumn('lease_until', 'bigint')
				.addColumn('reason', 'text')
				.addColumn('created_at', 'bigint', (c) => c.notNull())
				.addColumn('finished_at', 'bigint')
				.execute();

			await schema
				.createIndex('deliveries_once_per_subscription')
				.on('deliveries')
				.columns(['event_id', 'subscription_id'])
				.unique()
				.where(sql.ref('replay_of'), 'is', null)
				.execute();

			await schema
				.createIndex('deliveries_due')
				.on('deliveries')
				.column('next_at')
				.where(sql.ref('status'), '=', sql.lit('pending'))
				.execute();

			await schema
				.createIndex('deliveries_by_workspace')
				.on('deliveries')
				.columns(['workspace_id', 'id'])
				.execute();

			await schema
				.createTable('attempts')
				.addColumn('id', 'text', (c) => c.primaryKey())
				.addColumn('delivery_id', 'text', (c) =>
					c.notNull().references('deliveries.id').onDelete('cascade'),
				)
				.addColumn('number', 'integer', (c) => c.notNull())
				.addColumn('started_at', 'bigint', (c) => c.notNull())
				.addColumn('ms', 'integer', (c) => c.notNull())
				.addColumn('status_code', 'integer')
				.addColumn('error', 'text')
				.addColumn('response_body', 'text')
				.execute();

			await schema
				.createIndex('attempts_by_delivery')
				.on('attempts')
				.columns(['delivery_id', 'number'])
				.execute();
		},

		async down(db: Kysely<unknown>): Promise<void> {
			for (const table of [
				'attempts',
				'deliveries',
				'subscriptions',
				'events',
				'payloads',
				'connections',
				'grants',
				'connect_states',
				'api_keys',
				'app_keys',
				'workspaces',
				'admin_keys',
				'settings',
			]) {
				await db.schema.dropTable(table).execute();
			}
		},
	};
}
