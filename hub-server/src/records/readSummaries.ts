import type { Kysely } from 'kysely';
import type { Clock, Uptime } from '../clock';
import { inChunks } from '../database/inChunks';
import type { Tables } from '../database/tables';
import type { ConnectionRows } from '../xero/connections/connectionRows';
import type { ReadDayBudgets } from '../xero/pacing/dayBudgets';
import type { XeroApi } from '../xero/api/xeroApi';
import { recordId } from './FoundRecord';
import { createReadRecords } from './readRecords';
import type { RecordSealOf } from './recordSeals';
import { epochOf, findStates } from './recordStates';
import { recordSummary, type RecordSummary } from './recordSummary';
import { entityOfCategory } from './xeroEntities';

/** A record that something is about. */
export interface RecordToName {
	readonly tenantId: string;
	/** Xero's eventCategory, upper case. */
	readonly category: string;
	readonly id: string;
	/** As it was read with what is about it; undefined where none was. */
	readonly record?: Readonly<Record<string, unknown>> | undefined;
	/** Epoch milliseconds: what was remembered before that is out of date. */
	readonly changedAt: number;
}

export interface Summaries {
	of(record: RecordToName): RecordSummary | undefined;
	/** Whether Xero is being asked for some of those that have none: a moment later there are more. */
	readonly isReading: boolean;
}

/**
 * What records are called: as they were read with their events, else from the sealed copies that are kept, else as this
 * process remembers them. What is still without a name is asked of Xero behind the reader's back: one call by `IDs`, in
 * the background of the organisation's limits, never waited for, at most one a minute for each organisation, and only
 * where the day has calls to spare. Nothing of it is written anywhere.
 */
export interface ReadSummaries {
	/** @param mayAsk whether Xero may be asked; default: no */
	(
		workspaceId: string,
		records: readonly RecordToName[],
		options?: { readonly mayAsk?: boolean },
	): Promise<Summaries>;
}

/** Names that are remembered, over all workspaces: about 5 MB. */
const REMEMBERED = 20_000;

/** Nobody watches a name grow old. */
const REMEMBERED_FOR_MS = 60 * 60_000;

const ASK_AGAIN_MS = 60_000;

/** Of the day's calls, left to workflows: half of what Xero gives the smallest tier (1,000). */
const CALLS_TO_SPARE = 500;

/** What one call by `IDs` can take. */
const ASKED_AT_ONCE = 40;

const SILENCE_MS = 20_000;

interface Remembered {
	readonly summary: RecordSummary | undefined;
	/** By the clock, to be held against changes. */
	readonly readAt: number;
	/** By uptime. */
	readonly until: number;
}

export function createReadSummaries(deps: {
	readonly db: Kysely<Tables>;
	readonly recordSealOf: RecordSealOf;
	readonly connections: Pick<ConnectionRows, 'list' | 'findTenant'>;
	readonly api: Pick<XeroApi, 'send'>;
	readonly readDayBudgets: ReadDayBudgets;
	readonly now: Clock;
	readonly uptime: Uptime;
	/** Told of what went wrong behind everybody's back. */
	onFault(cause: unknown): void;
}): ReadSummaries {
	const { db, recordSealOf, connections, readDayBudgets, now, uptime } = deps;
	const readRecords = createReadRecords({
		connections,
		uptime,
		api: {
			send: (request) =>
				deps.api.send({
					...{ ...request, isBackground: true, flow: 'names' },
					...{ maxWaitMs: SILENCE_MS, timeoutMs: SILENCE_MS },
				}),
		},
	});
	const remembered = new Map<string, Remembered>();
	const askedAt = new Map<string, number>();

	function remember(key: string, one: Remembered): void {
		remembered.delete(key);
		remembered.set(key, one);
		const [oldest] = remembered.keys();
		if (remembered.size > REMEMBERED && oldest !== undefined) remembered.delete(oldest);
	}

	function recall(key: string, changedAt: number): Remembered | undefined {
		const one = remembered.get(key);
		return one !== undefined && one.until > uptime() && one.readAt >= changedAt ? one : undefined;
	}

	async function readKept(workspaceId: string, records: readonly RecordToName[]) {
		const found = new Map<string, RecordSummary>();
		if (records.length === 0) return found;
		const [held, seal] = await Promise.all([
			db
				.selectFrom('connections')
				.select(['tenant_id', 'id', 'record_epoch'])
				.where('workspace_id', '=', workspaceId)
				.execute(),
			recordSealOf(workspaceId),
		]);
		for (const group of groupsOf(records).values()) {
			const [{ tenantId, category } = { tenantId: '', category: '' }] = group;
			const entity = entityOfCategory(category)?.entity;
			const connection = held.find((one) => one.tenant_id === tenantId);
			if (entity === undefined || connection === undefined) continue;
			const place = { workspaceId, tenantId, entity, epoch: epochOf(connection) };
			for (const ids of inChunks([...new Set(group.map(({ id }) => recordId(id)))])) {
				for (const [id, { record }] of await findStates(db, place, ids)) {
					if (record === null) continue;
					const opened = seal.open(record, { tenantId, entity, id });
					found.set(keyOf(workspaceId, { tenantId, category, id }), recordSummary(opened));
				}
			}
		}
		return found;
	}

	/** @returns whether Xero is asked */
	async function ask(workspaceId: string, records: readonly RecordToName[]): Promise<boolean> {
		const groups = [...groupsOf(records).values()].toSorted((a, b) => b.length - a.length);
		const held = await connections.list(workspaceId);
		for (const group of groups) {
			const [first] = group;
			if (first === undefined) continue;
			const { tenantId, category } = first;
			const connection = held.find((one) => one.tenantId === tenantId);
			// Without `IDs` each record would be a call.
			if (connection?.enabled !== true || entityOfCategory(category)?.bulkQuery === undefined) {
				continue;
			}
			const turn = `${workspaceId} ${tenantId}`;
			if ((askedAt.get(turn) ?? -Infinity) + ASK_AGAIN_MS > uptime()) continue;
			const [budget] = await readDayBudgets([connection]);
			if (budget !== undefined && (budget.fullAt !== undefined || budget.left < CALLS_TO_SPARE)) {
				continue;
			}
			askedAt.set(turn, uptime());
			const ids = [...new Set(group.map(({ id }) => recordId(id)))].slice(0, ASKED_AT_ONCE);
			void readFromXero(workspaceId, { tenantId, category, ids }).catch((cause: unknown) =>
				deps.onFault(cause),
			);
			return true;
		}
		return false;
	}

	async function readFromXero(
		workspaceId: string,
		wanted: { readonly tenantId: string; readonly category: string; readonly ids: readonly string[] },
	): Promise<void> {
		const readAt = now();
		const answer = await readRecords({ workspaceId, ...wanted });
		const records = answer.kind === 'impossible' ? new Map() : answer.records;
		for (const id of wanted.ids) {
			const record = records.get(id) as Record<string, unknown> | undefined;
			// Xero knows none of that id: it is not asked again and again.
			if (record === undefined && answer.kind !== 'read') continue;
			remember(keyOf(workspaceId, { ...wanted, id }), {
				summary: record && recordSummary(record),
				readAt,
				until: uptime() + REMEMBERED_FOR_MS,
			});
		}
	}

	return async function readSummaries(workspaceId, records, { mayAsk = false } = {}) {
		const keyed = (one: RecordToName) => keyOf(workspaceId, { ...one, id: recordId(one.id) });
		const unread = records.filter(({ record }) => record === undefined);
		const kept = await readKept(workspaceId, unread);
		const nameless = unread.filter(
			(one) => !kept.has(keyed(one)) && recall(keyed(one), one.changedAt) === undefined,
		);
		const isReading = mayAsk && nameless.length > 0 && (await ask(workspaceId, nameless));
		return {
			isReading,
			of(one) {
				if (one.record !== undefined) return recordSummary(one.record);
				// Out of date is better than nothing.
				return kept.get(keyed(one)) ?? remembered.get(keyed(one))?.summary;
			},
		};
	};
}

function groupsOf(records: readonly RecordToName[]): Map<string, RecordToName[]> {
	return Map.groupBy(records, ({ tenantId, category }) => `${tenantId} ${category}`);
}

function keyOf(
	workspaceId: string,
	{ tenantId, category, id }: Pick<RecordToName, 'tenantId' | 'category' | 'id'>,
): string {
	return JSON.stringify([workspaceId, tenantId, category, id]);
}
