import type { Kysely, Transaction } from 'kysely';
import type { Clock } from '../clock';
import type { Tables } from '../database/tables';
import { STARTER_CALLS, USUAL_CALLS, USUAL_TIER } from '../workspaces/tiers';
import type { ReadDayBudgets } from '../xero/pacing/dayBudgets';
import { dayBudget, type DayBudget } from './dayBudget';
import { callsOfRun, estimateCalls, type Estimate } from './estimateCalls';
import { runsADay } from './nextRunAt';
import { readStream } from './readStream';
import { stretchIntervals } from './stretchIntervals';

/** How the streams of one organisation share its calls of a day. */
export interface DayPlan {
	readonly budget: DayBudget;
	/** Seconds between two runs, by stream; those with a time table have none. */
	readonly intervals: ReadonlyMap<string, number>;
	/** What its streams cost in a day by that plan. */
	readonly planned: Estimate;
	/** What Xero allows the organisation and the app together, in a day. */
	readonly xeroCallsADay: number;
	/** Calls of the last day that no sync made, about: Xero counts its own day. Null before it has said anything. */
	readonly workflowCalls: number | null;
}

export interface DayPlans {
	/** The calls alone: a claim asks for no more, and asks at each turn. */
	budgetOf(connectionId: string): Promise<DayBudget>;
	of(connectionId: string): Promise<DayPlan>;
}

interface CallsOfADay {
	readonly ofXero: number;
	readonly ofSyncs: number;
	/** As Xero last said today. */
	readonly left: number | undefined;
}

/** The other part stays for workflows. */
const PART_OF_SYNCS = 0.5;

/** What Xero's webhooks tell anyway (CONTACT, INVOICE and, since December 2025, CREDITNOTE). */
const TOLD_BY_WEBHOOKS: readonly string[] = ['contact', 'invoice', 'credit_note'];

const HOUR_MS = 3600_000;
const KEPT_HOURS = 48;

export function createDayPlans(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
	/** What Xero's answers said: more than a first tier has shows a higher one. */
	readonly readDayBudgets: ReadDayBudgets;
}): DayPlans {
	const { db, now, readDayBudgets } = deps;

	/** What Xero allows, what of it is for syncs, and what is left of it today. */
	async function callsOf(connectionId: string): Promise<CallsOfADay> {
		const connection = await db
			.selectFrom('connections as c')
			.innerJoin('grants as g', 'g.id', 'c.grant_id')
			.leftJoin('app_keys as k', 'k.workspace_id', 'c.workspace_id')
			.select(['c.tenant_id as tenantId', 'g.client_id as clientId', 'k.tier'])
			.where('c.id', '=', connectionId)
			.executeTakeFirst();
		if (connection === undefined) return { ofXero: 0, ofSyncs: 0, left: undefined };
		const [observed] = await readDayBudgets([connection]);
		const tier = connection.tier ?? USUAL_TIER;
		const isStarter = tier === 'starter' && (observed?.left ?? 0) <= STARTER_CALLS;
		// Workspaces that use one app share the organisation's calls.
		const { count } = await db
			.selectFrom('connections as c')
			.innerJoin('grants as g', 'g.id', 'c.grant_id')
			.select((e) => e.fn.countAll<number>().as('count'))
			.where('c.tenant_id', '=', connection.tenantId)
			.where('g.client_id', '=', connection.clientId)
			.where('c.sync_enabled', '=', 1)
			.executeTakeFirstOrThrow();
		const ofXero = isStarter ? STARTER_CALLS : USUAL_CALLS;
		const ofSyncs = Math.floor((ofXero * PART_OF_SYNCS) / Math.max(1, Number(count)));
		return { ofXero, ofSyncs, left: observed?.left };
	}

	async function budgetOf(connectionId: string, callsADay: number): Promise<DayBudget> {
		const hours = await db
			.selectFrom('sync_usage')
			.select(['hour', 'calls', 'bytes'])
			.where('connection_id', '=', connectionId)
			.execute();
		return dayBudget(hours, callsADay, now());
	}

	return {
		budgetOf: async (connectionId) => budgetOf(connectionId, (await callsOf(connectionId)).ofSyncs),
		async of(connectionId) {
			const at = now();
			const calls = await callsOf(connectionId);
			const budget = await budgetOf(connectionId, calls.ofSyncs);
			const rows = await db
				.selectFrom('sync_streams')
				.selectAll()
				.where('connection_id', '=', connectionId)
				.where('enabled', '=', 1)
				.execute();
			const streams = rows.map(readStream);
			let left = budget.callsADay;
			// A time table takes a while to be counted: once is enough.
			const asked = new Map(streams.map((stream) => [stream.id, estimateCalls(stream, at)]));
			const wanted = streams.flatMap((stream) => {
				const { id, plan, entity } = stream;
				const calls = asked.get(id)?.callsADay ?? 0;
				if ('cron' in plan) {
					left -= calls;
					return [];
				}
				const callsARun = callsOfRun(stream);
				left -= calls - runsADay(plan, at) * callsARun;
				const weight = TOLD_BY_WEBHOOKS.includes(entity.entity) ? 1 : 2;
				return [{ id, everySeconds: plan.everySeconds, callsARun, weight }];
			});
			const intervals = stretchIntervals(wanted, left);
			const costs = streams.flatMap((stream) => {
				const everySeconds = intervals.get(stream.id);
				return everySeconds === undefined
					? (asked.get(stream.id) ?? [])
					: estimateCalls({ ...stream, plan: { everySeconds } }, at);
			});
			return {
				budget,
				intervals,
				planned: {
					callsADay: costs.reduce((sum, { callsADay }) => sum + callsADay, 0),
					bytesADay: costs.reduce((sum, { bytesADay }) => sum + bytesADay, 0),
				},
				xeroCallsADay: calls.ofXero,
				workflowCalls:
					calls.left === undefined
						? null
						: Math.max(0, calls.ofXero - calls.left - budget.usedCalls),
			};
		},
	};
}

/** Counts what a call cost, and forgets what is of no day any more. */
export async function addUsage(
	tx: Transaction<Tables>,
	connectionId: string,
	{ calls, bytes }: { readonly calls: number; readonly bytes: number },
	at: number,
): Promise<void> {
	if (calls === 0) return;
	const hour = Math.floor(at / HOUR_MS);
	await tx
		.insertInto('sync_usage')
		.values({ connection_id: connectionId, hour, calls, bytes })
		.onConflict((conflict) =>
			conflict.columns(['connection_id', 'hour']).doUpdateSet((e) => ({
				calls: e('sync_usage.calls', '+', calls),
				bytes: e('sync_usage.bytes', '+', bytes),
			})),
		)
		.execute();
	await tx
		.deleteFrom('sync_usage')
		.where('connection_id', '=', connectionId)
		.where('hour', '<', hour - KEPT_HOURS)
		.execute();
}
