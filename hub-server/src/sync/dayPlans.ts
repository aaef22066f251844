import type { Kysely, Transaction } from 'kysely';
import type { Clock } from '../clock';
import type { Tables } from '../database/tables';
import { STARTER_CALLS, USUAL_CALLS, USUAL_TIER } from '../workspaces/tiers';
import type { ReadDayBudgets } from '../xero/pacing/dayBudgets';
import { dayBudget, type DayBudget } from './dayBudget';
import { callsOfRun, estimateCalls } from './estimateCalls';
import { runsADay } from './nextRunAt';
import { readStream } from './readStream';
import { stretchIntervals } from './stretchIntervals';

/** How the streams of one organisation share its calls of a day. */
export interface DayPlan {
	readonly budget: DayBudget;
	/** Seconds between two runs, by stream; those with a time table have none. */
	readonly intervals: ReadonlyMap<string, number>;
}

export interface DayPlans {
	/** The calls alone: a claim asks for no more, and asks at each turn. */
	budgetOf(connectionId: string): Promise<DayBudget>;
	of(connectionId: string): Promise<DayPlan>;
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

	async function callsOfSyncs(connectionId: string): Promise<number> {
		const connection = await db
			.selectFrom('connections as c')
			.innerJoin('grants as g', 'g.id', 'c.grant_id')
			.leftJoin('app_keys as k', 'k.workspace_id', 'c.workspace_id')
			.select(['c.tenant_id as tenantId', 'g.client_id as clientId', 'k.tier'])
			.where('c.id', '=', connectionId)
			.executeTakeFirst();
		if (connection === undefined) return 0;
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
		const calls = (isStarter ? STARTER_CALLS : USUAL_CALLS) * PART_OF_SYNCS;
		return Math.floor(calls / Math.max(1, Number(count)));
	}

	async function budgetOf(connectionId: string): Promise<DayBudget> {
		const callsADay = await callsOfSyncs(connectionId);
		const hours = await db
			.selectFrom('sync_usage')
			.select(['hour', 'calls', 'bytes'])
			.where('connection_id', '=', connectionId)
			.execute();
		return dayBudget(hours, callsADay, now());
	}

	return {
		budgetOf,
		async of(connectionId) {
			const at = now();
			const budget = await budgetOf(connectionId);
			const rows = await db
				.selectFrom('sync_streams')
				.selectAll()
				.where('connection_id', '=', connectionId)
				.where('enabled', '=', 1)
				.execute();
			let left = budget.callsADay;
			const wanted = rows.map(readStream).flatMap((stream) => {
				const { plan, entity } = stream;
				const { callsADay: calls } = estimateCalls(stream, at);
				if ('cron' in plan) {
					left -= calls;
					return [];
				}
				const callsARun = callsOfRun(stream);
				left -= calls - runsADay(plan, at) * callsARun;
				const weight = TOLD_BY_WEBHOOKS.includes(entity.entity) ? 1 : 2;
				return [{ id: stream.id, everySeconds: plan.everySeconds, callsARun, weight }];
			});
			return { budget, intervals: stretchIntervals(wanted, left) };
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
