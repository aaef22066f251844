import { sql, type Kysely } from 'kysely';
import type { Clock } from '../clock';
import { firstIdAt } from '../database/newId';
import type { GrantStatus, Tables } from '../database/tables';
import type { DayBudget, ReadDayBudgets } from '../xero/pacing/dayBudgets';

/** How an organisation stands, on any workspace: what a person who looks after many wants to see of each. */
export interface OrganisationStanding {
	readonly connectionId: string;
	readonly tenantId: string;
	readonly name: string;
	readonly workspace: { readonly slug: string; readonly name: string };
	readonly state: OrganisationState;
	readonly sync: {
		/** Whether its records are kept up to date at all. */
		readonly isOn: boolean;
		/** When a run of it ended last, and how; null where none has. */
		readonly lastRun: { readonly at: number; readonly status: 'succeeded' | 'failed' } | null;
		/** The list that was not read whole for the longest time; null where none is read. Epoch milliseconds. */
		readonly oldest: {
			readonly streamId: string;
			readonly entity: string;
			readonly at: number;
		} | null;
		readonly failing: number;
		readonly stale: number;
	};
	/** What Xero's last answer said; undefined before the day's first call. */
	readonly budget: DayBudget | undefined;
	/** Alerts about this organisation. */
	readonly alerts: number;
	/** Pushes under way, and records of the last days' pushes that a person must look at. */
	readonly pushes: { readonly running: number; readonly forPeople: number };
	/** What Xero broke. */
	readonly broken: { readonly mappings: number; readonly links: number };
	/** Whether somebody should look. */
	readonly needsAttention: boolean;
}

export type OrganisationState = 'connected' | 'off' | 'reconnect' | 'keys_refused';

export interface StandingsWish {
	/** The workspaces that the person may see. */
	readonly workspaces: 'all' | readonly string[];
	readonly show: 'all' | 'attention' | 'off';
	readonly order: 'attention' | 'name' | 'workspace' | 'oldest';
	/** A part of the organisation's or the workspace's name. */
	readonly search: string;
	/** From 1. */
	readonly page: number;
	readonly limit: number;
}

export interface StandingsPage {
	readonly items: readonly OrganisationStanding[];
	/** Of all that the person may see, whatever is shown. */
	readonly counts: { readonly all: number; readonly attention: number; readonly off: number };
	/** How many match, on all pages. */
	readonly matching: number;
}

/** Organisations over all workspaces, in a handful of queries, however many there are. */
export type ReadStandings = (wish: StandingsWish) => Promise<StandingsPage>;

/** A list whose last whole read is so much older than its interval is stale. */
const STALE_MS = 26 * 3600_000;
/** What a push left to a person longer ago stands on the workspace's own pages only. */
const PUSHES_MS = 7 * 24 * 3600_000;

const FOR_PEOPLE = sql`('unmapped', 'conflict', 'failed')`;

export function createReadStandings(deps: {
	readonly db: Kysely<Tables>;
	readonly readDayBudgets: ReadDayBudgets;
	readonly now: Clock;
}): ReadStandings {
	const { db, now } = deps;

	/** One row for each organisation, with what can be counted by an index of few rows. */
	function standings({ workspaces }: Pick<StandingsWish, 'workspaces'>) {
		const at = now();
		const visible =
			workspaces === 'all'
				? sql`1 = 1`
				: workspaces.length === 0
					? sql`1 = 0`
					: sql`c.workspace_id in (${sql.join([...workspaces])})`;
		return sql<StandingRow>`(
			select raw.*, case
				when raw.enabled = 0 then 0
				when raw.status <> 'active' then 3
				when raw.alerts + raw.failing + raw.broken_links + raw.broken_mappings + raw.for_people > 0 then 2
				when raw.stale > 0 then 1
				else 0 end as attention
			from (
				select c.id, c.tenant_id, coalesce(c.tenant_name, c.tenant_id) as name, c.enabled,
					c.sync_enabled, g.status, g.client_id, w.slug, w.name as workspace_name,
					coalesce(s.failing, 0) as failing, coalesce(s.stale, 0) as stale, s.oldest,
					coalesce(a.alerts, 0) as alerts,
					coalesce(m.broken, 0) as broken_mappings, coalesce(l.broken, 0) as broken_links,
					coalesce(r.running, 0) as running, coalesce(i.for_people, 0) as for_people
				from connections c
				join grants g on g.id = c.grant_id
				join workspaces w on w.id = c.workspace_id
				left join (
					select connection_id, sum(case when failures > 0 then 1 else 0 end) as failing,
						sum(case when cron is null
							and coalesce(since, created_at) + coalesce(every_seconds, 0) * cast(2000 as bigint) < ${at - STALE_MS}
							then 1 else 0 end) as stale,
						min(coalesce(since, created_at)) as oldest
					from sync_streams where enabled = 1 group by connection_id
				) s on s.connection_id = c.id and c.enabled = 1 and c.sync_enabled = 1
				left join (
					select held.id, count(*) as alerts
					from alerts open
					join connections held on held.workspace_id = open.workspace_id
					left join sync_streams about on about.id = open.subject
					where open.resolved_at is null and (open.subject in (held.id, held.tenant_id, held.grant_id)
						or about.connection_id = held.id)
					group by held.id
				) a on a.id = c.id
				left join (
					select workspace_id, tenant_id, count(*) as broken from mappings
					where state = 'broken' group by workspace_id, tenant_id
				) m on m.workspace_id = c.workspace_id and m.tenant_id = c.tenant_id
				left join (
					select workspace_id, tenant_id, count(*) as broken from links
					where state = 'broken' group by workspace_id, tenant_id
				) l on l.workspace_id = c.workspace_id and l.tenant_id = c.tenant_id
				left join (
					select workspace_id, tenant_id, count(*) as running from pushes
					where status = 'running' group by workspace_id, tenant_id
				) r on r.workspace_id = c.workspace_id and r.tenant_id = c.tenant_id
				left join (
					select p.workspace_id, p.tenant_id, count(*) as for_people
					from push_items item join pushes p on p.id = item.push_id
					where item.state in ${FOR_PEOPLE} and p.dry_run = 0 and p.id >= ${firstIdAt(at - PUSHES_MS)}
					group by p.workspace_id, p.tenant_id
				) i on i.workspace_id = c.workspace_id and i.tenant_id = c.tenant_id
				where ${visible}
			) raw
		)`.as('standing');
	}

	async function withRuns(rows: readonly StandingRow[]) {
		const ids = rows.map(({ id }) => id);
		if (ids.length === 0) return new Map<string, StreamRow[]>();
		const streams = await db
			.selectFrom('sync_streams as s')
			.select(['s.id', 's.connection_id', 's.entity'])
			.select(sql<number>`coalesce(s.since, s.created_at)`.as('at'))
			.select((e) =>
				e
					.selectFrom('sync_runs as r')
					.select('r.id')
					.whereRef('r.stream_id', '=', 's.id')
					.where('r.finished_at', 'is not', null)
					.orderBy('r.id', 'desc')
					.limit(1)
					.as('last_run'),
			)
			.where('s.connection_id', 'in', ids)
			.where('s.enabled', '=', 1)
			.execute();
		const runIds = streams.flatMap(({ last_run: run }) => (run === null ? [] : [run]));
		const runs =
			runIds.length === 0
				? []
				: await db
						.selectFrom('sync_runs')
						.select(['id', 'finished_at', 'status'])
						.where('id', 'in', runIds)
						.execute();
		const byId = new Map(runs.map((run) => [run.id, run]));
		return Map.groupBy(
			streams.map((stream): StreamRow => {
				const run = stream.last_run === null ? undefined : byId.get(stream.last_run);
				return {
					...{ id: stream.id, entity: stream.entity, at: Number(stream.at) },
					connectionId: stream.connection_id,
					run:
						run === undefined || run.finished_at === null
							? null
							: { at: run.finished_at, status: run.status === 'failed' ? 'failed' : 'succeeded' },
				};
			}),
			({ connectionId }) => connectionId,
		);
	}

	return async function readStandings(wish) {
		const { show, order, search, page, limit } = wish;
		const pattern = `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
		const shown = db
			.selectFrom(standings(wish))
			.$if(show === 'attention', (q) => q.where('attention', '>', 0))
			.$if(show === 'off', (q) => q.where('enabled', '=', 0))
			.$if(search !== '', (q) =>
				q.where(
					sql<boolean>`(lower(name) like ${pattern} escape '\\' or lower(workspace_name) like ${pattern} escape '\\' or slug like ${pattern} escape '\\')`,
				),
			);
		const [rows, matching, counts] = await Promise.all([
			shown
				.selectAll()
				.orderBy(sql.raw(ORDERS[order]))
				.orderBy(sql`lower(name)`)
				.orderBy('id')
				.limit(limit)
				.offset((page - 1) * limit)
				.execute(),
			shown.select((e) => e.fn.countAll<number>().as('count')).executeTakeFirstOrThrow(),
			db
				.selectFrom(standings(wish))
				.select((e) => e.fn.countAll<number>().as('all'))
				.select(
					sql<number>`coalesce(sum(case when attention > 0 then 1 else 0 end), 0)`.as('attention'),
				)
				.select(sql<number>`coalesce(sum(case when enabled = 0 then 1 else 0 end), 0)`.as('off'))
				.executeTakeFirstOrThrow(),
		]);
		const [streams, budgets] = await Promise.all([
			withRuns(rows),
			deps.readDayBudgets(
				rows.map((row) => ({ clientId: row.client_id, tenantId: row.tenant_id })),
			),
		]);
		return {
			items: rows.map((row, index) => toStanding(row, streams.get(row.id) ?? [], budgets[index])),
			matching: Number(matching.count),
			counts: {
				all: Number(counts.all),
				attention: Number(counts.attention),
				off: Number(counts.off),
			},
		};
	};
}

const ORDERS: Readonly<Record<StandingsWish['order'], string>> = {
	attention: 'attention desc',
	name: 'lower(name)',
	workspace: 'lower(workspace_name)',
	// Where nothing is read there is nothing old.
	oldest: 'case when oldest is null then 1 else 0 end, oldest',
};

interface StandingRow {
	id: string;
	tenant_id: string;
	name: string;
	enabled: number;
	sync_enabled: number;
	status: GrantStatus;
	client_id: string;
	slug: string;
	workspace_name: string;
	failing: number;
	stale: number;
	oldest: number | null;
	alerts: number;
	broken_mappings: number;
	broken_links: number;
	running: number;
	for_people: number;
	attention: number;
}

interface StreamRow {
	readonly id: string;
	readonly connectionId: string;
	readonly entity: string;
	readonly at: number;
	readonly run: OrganisationStanding['sync']['lastRun'];
}

function toStanding(
	row: StandingRow,
	streams: readonly StreamRow[],
	budget: DayBudget | undefined,
): OrganisationStanding {
	const [oldest] = [...streams].sort((a, b) => a.at - b.at);
	const runs = streams.flatMap(({ run }) => run ?? []).sort((a, b) => b.at - a.at);
	return {
		connectionId: row.id,
		tenantId: row.tenant_id,
		name: row.name,
		workspace: { slug: row.slug, name: row.workspace_name },
		state: stateOf(row),
		sync: {
			isOn: row.enabled === 1 && row.sync_enabled === 1,
			lastRun: runs[0] ?? null,
			oldest:
				oldest === undefined ? null : { streamId: oldest.id, entity: oldest.entity, at: oldest.at },
			failing: Number(row.failing),
			stale: Number(row.stale),
		},
		budget,
		alerts: Number(row.alerts),
		pushes: { running: Number(row.running), forPeople: Number(row.for_people) },
		broken: { mappings: Number(row.broken_mappings), links: Number(row.broken_links) },
		needsAttention: Number(row.attention) > 0,
	};
}

function stateOf({ enabled, status }: StandingRow): OrganisationState {
	if (enabled === 0) return 'off';
	if (status === 'active') return 'connected';
	return status === 'reauth_required' ? 'reconnect' : 'keys_refused';
}
