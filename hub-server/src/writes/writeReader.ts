import { sql, type ExpressionBuilder, type Kysely, type Selectable } from 'kysely';
import type { Page, PageRequest } from '../database/page';
import { firstIdAt } from '../database/newId';
import type { Tables, WriteOutcome } from '../database/tables';
import type { ReadRecordNames } from '../records/recordNames';
import type { Clock } from '../clock';
import { LONGEST_CALL_MS } from './openWrites';
import { partOf } from './writeResult';
import type { RecordChange, WrittenChange } from './WrittenChange';

export const WRITE_OUTCOMES = [
	...(['saved', 'partly', 'refused', 'unknown', 'under_way'] as const),
];

/** Which calls are looked for; what is left out does not matter. */
export interface WriteFilter {
	readonly tenantId?: string | undefined;
	/** One of these. */
	readonly tenantIds?: readonly string[] | undefined;
	/** Begun at that time or later, and before; epoch milliseconds. */
	readonly since?: number | undefined;
	readonly until?: number | undefined;
	/** Id of the workflow; empty: those that named none. */
	readonly workflow?: string | undefined;
	readonly entity?: string | undefined;
	readonly outcome?: (typeof WRITE_OUTCOMES)[number] | undefined;
	readonly system?: string | undefined;
	readonly pushId?: string | undefined;
}

/** One call that wrote to Xero, or was to. */
export interface WriteView {
	readonly id: string;
	/** ISO 8601, UTC. */
	readonly at: string;
	readonly tenantId: string;
	readonly outcome: (typeof WRITE_OUTCOMES)[number];
	/** Xero's HTTP status; null where none came. */
	readonly status: number | null;
	/** In Xero's words, or what is not known. */
	readonly message: string | null;
	/** Null for what was written before the hub kept it. */
	readonly method: string | null;
	readonly path: string | null;
	readonly entity: string | null;
	/** Such as `Attachments`, where a part of a record was written. */
	readonly part: string | null;
	readonly records: readonly WrittenRecordView[];
	/** Records beyond those that are listed. */
	readonly moreRecords: number;
	/** Names of members that were sent. */
	readonly fields: readonly string[];
	readonly workflow: { readonly id: string; readonly name: string | null } | null;
	readonly node: string | null;
	readonly system: string | null;
	readonly pushId: string | null;
	/** The API key that was shown; null for an admin key and for the hub itself. */
	readonly key: { readonly id: string; readonly name: string } | null;
}

export interface WrittenRecordView {
	readonly id: string | null;
	readonly label: string | null;
	readonly change: RecordChange;
	readonly message: string | null;
	/** Its page in Xero. */
	readonly xeroUrl: string | null;
	/** Whether the hub has read it, and so has a page of it. */
	readonly isKnown: boolean;
}

/** What one workflow did in a time. */
export interface WorkflowWrites {
	readonly workflow: WriteView['workflow'];
	readonly calls: number;
	/** Records. */
	readonly created: number;
	readonly updated: number;
	readonly deleted: number;
	readonly refused: number;
	/** Calls of which nobody knows whether Xero saved them. */
	readonly unknown: number;
	/** ISO 8601, UTC. */
	readonly lastAt: string;
}

/** What automation changed. */
export interface WriteReader {
	/** Newest first. */
	list(workspaceId: string, filter: WriteFilter, page: PageRequest): Promise<Page<WriteView>>;
	/**
	 * The most calls first.
	 *
	 * @returns `isCut`: there were more calls than are counted, and the oldest are not
	 */
	byWorkflow(
		workspaceId: string,
		filter: Pick<WriteFilter, 'tenantId' | 'tenantIds' | 'since' | 'until'>,
	): Promise<{ readonly items: readonly WorkflowWrites[]; readonly isCut: boolean }>;
}

/** Records on one page of the list: the page is shorter where its calls have many. */
const RECORDS_A_PAGE = 2_000;

/** Counted at most, so that a page of a busy workspace keeps nobody waiting. */
const CALLS_COUNTED = 100_000;

export function createWriteReader(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
	readonly readRecordNames: ReadRecordNames;
}): WriteReader {
	const { db, now, readRecordNames } = deps;

	async function namesOf(workspaceId: string, workflows: readonly string[]) {
		if (workflows.length === 0) return new Map<string, string>();
		const rows = await db
			.selectFrom('proxied_writes')
			.select(['workflow', (e) => e.fn.max('workflow_name').as('name')])
			.where('workspace_id', '=', workspaceId)
			.where('workflow', 'in', [...new Set(workflows)])
			.where('workflow_name', 'is not', null)
			.where('id', '>', firstIdAt(now() - NAMES_SINCE_MS))
			.groupBy('workflow')
			.execute();
		return new Map(rows.map(({ workflow, name }) => [workflow ?? '', name ?? '']));
	}

	async function keysOf(workspaceId: string) {
		const rows = await db
			.selectFrom('api_keys')
			.select(['id', 'name'])
			.where('workspace_id', '=', workspaceId)
			.execute();
		return new Map(rows.map((row) => [row.id, row]));
	}

	return {
		async list(workspaceId, filter, { cursor, limit }) {
			const at = now();
			const found = await db
				.selectFrom('proxied_writes')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.where((e) => writeMatches(e, filter, at))
				.$if(cursor !== undefined, (q) => q.where('id', '<', cursor as string))
				.orderBy('id', 'desc')
				.limit(limit + 1)
				.execute();
			const rows = found.slice(0, limit);
			let records = 0;
			const shown = rows
				.map((row) => ({ row, changes: changesOf(row) }))
				.filter(({ changes }, index) => {
					records += changes.length;
					return index === 0 || records <= RECORDS_A_PAGE;
				});
			const [nameOf, workflows, keys] = await Promise.all([
				readRecordNames(workspaceId, shown.flatMap(namedRecords)),
				namesOf(
					workspaceId,
					shown.flatMap(({ row }) => (row.workflow_name === null ? (row.workflow ?? []) : [])),
				),
				keysOf(workspaceId),
			]);
			const items = shown.map(({ row, changes }): WriteView => ({
				...toView(row, at),
				workflow:
					row.workflow === null
						? null
						: { id: row.workflow, name: row.workflow_name ?? workflows.get(row.workflow) ?? null },
				key: (row.key_id !== null && keys.get(row.key_id)) || null,
				records: changes.map((one) => ({
					id: one.id,
					change: one.change,
					message: one.message ?? null,
					...(one.id === null || row.entity === null
						? { label: null, xeroUrl: null, isKnown: false }
						: nameOf({ tenantId: row.tenant_id, entity: row.entity, id: one.id })),
				})),
			}));
			const isMore = found.length > shown.length;
			return { items, nextCursor: isMore ? (items.at(-1)?.id ?? null) : null };
		},

		async byWorkflow(workspaceId, filter) {
			const at = now();
			const rows = await db
				.selectFrom((e) =>
					e
						.selectFrom('proxied_writes')
						.select(['id', 'workflow', 'workflow_name', 'outcome', 'started_at', 'finished_at'])
						.select(['created', 'updated', 'deleted', 'refused'])
						.where('workspace_id', '=', workspaceId)
						.where((w) => writeMatches(w, filter, at))
						.orderBy('id', 'desc')
						.limit(CALLS_COUNTED)
						.as('w'),
				)
				.select(['workflow', (e) => e.fn.max('workflow_name').as('name')])
				.select((e) => [
					e.fn.countAll<number>().as('calls'),
					e.fn.sum<number>('created').as('created'),
					e.fn.sum<number>('updated').as('updated'),
					e.fn.sum<number>('deleted').as('deleted'),
					e.fn.sum<number>('refused').as('refused'),
					e.fn.max('started_at').as('lastAt'),
				])
				.select(
					sql<number>`sum(case when outcome = 'unknown' or (finished_at is null and started_at <= ${at - LONGEST_CALL_MS}) then 1 else 0 end)`.as(
						'unknown',
					),
				)
				.groupBy('workflow')
				.orderBy('calls', 'desc')
				.limit(MOST_WORKFLOWS)
				.execute();
			const counted = rows.reduce((sum, { calls }) => sum + Number(calls), 0);
			return {
				items: rows.map(({ workflow, name, lastAt, ...numbers }) => ({
					workflow: workflow === null ? null : { id: workflow, name },
					calls: Number(numbers.calls),
					created: Number(numbers.created),
					updated: Number(numbers.updated),
					deleted: Number(numbers.deleted),
					refused: Number(numbers.refused),
					unknown: Number(numbers.unknown),
					lastAt: new Date(Number(lastAt)).toISOString(),
				})),
				isCut: counted >= CALLS_COUNTED || rows.length === MOST_WORKFLOWS,
			};
		},
	};
}

/** Callers name workflows as they like, so that there may be any number. */
const MOST_WORKFLOWS = 200;

/** For a push, which knows the workflow's id alone. */
const NAMES_SINCE_MS = 7 * 24 * 3600_000;

function writeMatches(
	e: ExpressionBuilder<Tables, 'proxied_writes'>,
	filter: WriteFilter,
	at: number,
) {
	const { tenantId, tenantIds, since, until, workflow, entity, outcome, system, pushId } = filter;
	const isOpen = e('finished_at', 'is', null);
	const died = e.and([isOpen, e('started_at', '<=', at - LONGEST_CALL_MS)]);
	return e.and([
		...(tenantId === undefined ? [] : [e('tenant_id', '=', tenantId.toLowerCase())]),
		...(tenantIds === undefined ? [] : [e('tenant_id', 'in', tenantIds)]),
		...(since === undefined ? [] : [e('id', '>=', firstIdAt(since))]),
		...(until === undefined ? [] : [e('id', '<', firstIdAt(until))]),
		...(workflow === undefined
			? []
			: [workflow === '' ? e('workflow', 'is', null) : e('workflow', '=', workflow)]),
		...(entity === undefined ? [] : [e('entity', '=', entity)]),
		...(system === undefined ? [] : [e('system', '=', system)]),
		...(pushId === undefined ? [] : [e('push_id', '=', pushId)]),
		...(outcome === undefined
			? []
			: outcome === 'under_way'
				? [isOpen, e('started_at', '>', at - LONGEST_CALL_MS)]
				: outcome === 'unknown'
					? [e.or([e('outcome', '=', outcome), died])]
					: [e('outcome', '=', outcome)]),
	]);
}

type Row = Selectable<Tables['proxied_writes']>;

function toView(row: Row, at: number): Omit<WriteView, 'records' | 'workflow' | 'key'> {
	const isOpen = row.finished_at === null;
	const hasDied = isOpen && row.started_at <= at - LONGEST_CALL_MS;
	return {
		id: row.id,
		at: new Date(row.started_at).toISOString(),
		tenantId: row.tenant_id,
		outcome: isOpen ? (hasDied ? 'unknown' : 'under_way') : (row.outcome as WriteOutcome),
		status: row.status,
		message: hasDied ? HUB_DIED : row.message,
		method: row.method,
		path: row.path,
		entity: row.entity,
		part: (row.path !== null && partOf(row.path)) || null,
		moreRecords: Math.max(
			0,
			row.created + row.updated + row.deleted + row.refused - changesOf(row).length,
		),
		fields: row.fields === null ? [] : (JSON.parse(row.fields) as string[]),
		node: row.node,
		system: row.system,
		pushId: row.push_id,
	};
}

const HUB_DIED =
	'The hub stopped before Xero’s answer was here: whether Xero saved it is not known. Look in Xero.';

function changesOf({ records }: Row): readonly WrittenChange[] {
	return records === null ? [] : (JSON.parse(records) as WrittenChange[]);
}

function namedRecords({ row, changes }: { row: Row; changes: readonly WrittenChange[] }) {
	const { tenant_id: tenantId, entity } = row;
	if (entity === null) return [];
	return changes.flatMap(({ id }) => (id === null ? [] : [{ tenantId, entity, id }]));
}
