import { sql, type Kysely, type RawBuilder, type Transaction } from 'kysely';
import type { Engine } from '../database/engine';
import type { Tables } from '../database/tables';
import { byIndexOnly, indexOnly } from './byIndexOnly';
import type { DueQueue } from './shareSlots';

/**
 * The organisations with events whose record is to be read now: a few look-ups in
 * `events_awaiting_record_by_tenant` for each organisation that has any, however many events wait.
 *
 * @param at epoch milliseconds
 */
export async function findDueOrganisations(
	db: Kysely<Tables>,
	engine: Engine,
	at: number,
): Promise<readonly DueQueue[]> {
	const { rows } = await byIndexOnly(db, engine, (on) => dueOrganisations(engine, at).execute(on));
	return rows.map(({ org }) => ({
		id: org,
		workspaceId: organisationOf(org).workspaceId,
		isProbed: false,
	}));
}

/**
 * Locks the events of one organisation that have waited longest; passes over what another process has locked.
 *
 * @param org an id of {@link findDueOrganisations}
 * @returns ids of events
 */
export async function takeDueEvents(
	tx: Transaction<Tables>,
	engine: Engine,
	{ org, limit, at }: { readonly org: string; readonly limit: number; readonly at: number },
): Promise<string[]> {
	await indexOnly(tx, engine);
	const { workspaceId, tenantId } = organisationOf(org);
	const locked = engine === 'postgres' ? sql`for update skip locked` : sql``;
	const { rows } = await sql<{ id: string }>`
		select e.id from events e ${byOrganisation(engine)}
		where e.workspace_id = ${workspaceId} and e.tenant_id = ${tenantId} and ${isDue(at)}
		order by e.record_next_at, e.id limit ${limit} ${locked}`.execute(tx);
	return rows.map(({ id }) => id);
}

/** A workspace's id is a UUID, and what follows the space is the organisation's. */
const WORKSPACE_ID_LENGTH = 36;

function organisationOf(org: string) {
	return {
		workspaceId: org.slice(0, WORKSPACE_ID_LENGTH),
		tenantId: org.slice(WORKSPACE_ID_LENGTH + 1),
	};
}

/** From one organisation to the next in the index; neither engine does so for a `distinct`. */
function dueOrganisations(engine: Engine, at: number) {
	const workspace = sql`substr(org, 1, ${sql.lit(WORKSPACE_ID_LENGTH)})`;
	const tenant = sql`substr(org, ${sql.lit(WORKSPACE_ID_LENGTH + 2)})`;
	const next = (after: RawBuilder<unknown>) => sql`(
		select e.workspace_id || ' ' || e.tenant_id from events e ${byOrganisation(engine)}
		where e.record_state = 'needed' ${after}
		order by e.workspace_id, e.tenant_id limit 1
	)`;
	return sql<{ org: string }>`
		with recursive waiting (org) as (
			select ${next(sql``)}
			union all
			select ${next(sql`and (e.workspace_id, e.tenant_id) > (${workspace}, ${tenant})`)}
			from waiting where org is not null
		)
		select org from waiting
		where org is not null and (
			select e.id from events e ${byOrganisation(engine)}
			where e.workspace_id = ${workspace} and e.tenant_id = ${tenant} and ${isDue(at)}
			order by e.record_next_at, e.id limit 1
		) is not null`;
}

/** While a record is being read its event is due again when the lease ends. */
function isDue(at: number): RawBuilder<boolean> {
	return sql`e.record_state = 'needed' and e.record_next_at <= ${at}
		and (e.record_lease_until is null or e.record_lease_until <= ${at})`;
}

function byOrganisation(engine: Engine): RawBuilder<unknown> {
	return engine === 'sqlite' ? sql`indexed by events_awaiting_record_by_tenant` : sql``;
}
