import { sql, type Kysely } from 'kysely';
import type { FindTroubles, Trouble, WorkflowAlertKind } from '../alerts/alertLedger';
import type { Clock } from '../clock';
import type { Tables } from '../database/tables';
import { isPullName, pullName } from './addressOf';
import { BREAKER_THRESHOLD } from './breaker';
import { triggerTroubles } from './triggerTroubles';
import { unpulledQueues } from './unpulledQueues';

/** As far back as the portal sends again; what is older is history, and listed as such. */
const DEAD_FOR_MS = 31 * 24 * 3600_000;

/**
 * Finds the subscriptions that fail, were disabled, whose deliveries were given up, whose trigger is at
 * two addresses or no longer asks for its deliveries, or that something other than n8n has deleted.
 */
export function createFindWorkflowTroubles(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
}): FindTroubles {
	const { db, now } = deps;

	const asTrouble = (
		kind: WorkflowAlertKind,
		row: TroubledSubscription,
		count: number,
		since: number,
	): Trouble => ({
		workspaceId: row.workspace_id,
		kind,
		subject: row.id,
		since,
		describe: () => describeTrouble(db, { kind, subscription: row, count }),
	});

	return async function findWorkflowTroubles(workspaceId) {
		const failing = await failingSubscriptions(db, workspaceId);
		const dead = await deadDeliveries(db, now() - DEAD_FOR_MS, workspaceId);
		return [
			...failing.map((row) =>
				asTrouble(
					row.status === 'disabled' ? 'workflow_disabled' : 'workflow_paused',
					row,
					row.consecutive_failures,
					row.failing_since ?? row.created_at,
				),
			),
			...(await triggerTroubles(db, workspaceId)),
			...(await unpulledQueues(db, workspaceId, now())),
			...dead.map((row) => asTrouble('deliveries_dead', row, row.count, row.since)),
		];
	};
}

interface TroubledSubscription {
	readonly id: string;
	readonly workspace_id: string;
	readonly url: string;
	readonly workflow_id: string | null;
}

interface WorkflowTrouble {
	readonly kind: WorkflowAlertKind;
	readonly subscription: TroubledSubscription;
	/** Failed attempts in a row, or deliveries that were given up. */
	readonly count: number;
}

async function describeTrouble(
	db: Kysely<Tables>,
	{
		kind,
		subscription: { id: subscriptionId, url, workflow_id: workflowId },
		count,
	}: WorkflowTrouble,
): Promise<string> {
	if (kind === 'deliveries_dead') {
		const many = count > MOST_COUNTED ? `More than ${MOST_COUNTED}` : count;
		const [what, were] =
			count === 1 ? ['A delivery', 'it was'] : [`${many} deliveries`, 'they were'];
		if (isPullName(url)) {
			const name = pullName({ url, workflowId });
			return `${what} for ${name} ${count === 1 ? 'was' : 'were'} pulled too often and never acknowledged, so ${were} given up. Mend the workflow, then send again.`;
		}
		return `${what} to ${url} failed too often, so ${were} given up. Mend the workflow, then send again.`;
	}
	if (kind === 'workflow_disabled') {
		return (
			`The workflow at ${url} failed for five days or answered that it is gone, so nothing is sent to it ` +
			'any more. Mend it and activate it again in n8n, then send again what was given up.'
		);
	}
	return (
		`The workflow at ${url} has failed ${count} times in a row.${await lastFailure(db, subscriptionId)} ` +
		'Start n8n, or mend the workflow and activate it. The hub tries by itself at least every ten minutes; ' +
		'what waits is kept and goes out then.'
	);
}

function failingSubscriptions(db: Kysely<Tables>, workspaceId: string | undefined) {
	return db
		.selectFrom('subscriptions')
		.select(['id', 'workspace_id', 'url', 'workflow_id', 'status', 'consecutive_failures'])
		.select(['failing_since', 'created_at'])
		.where((e) =>
			e.or([e('status', '=', 'disabled'), e('consecutive_failures', '>=', BREAKER_THRESHOLD)]),
		)
		.$if(workspaceId !== undefined, (q) => q.where('workspace_id', '=', workspaceId as string))
		.execute();
}

/**
 * Those of active subscriptions, each subscription once; not what was sent again since. Read up to a
 * limit, for this is asked by every page and every look at the metrics.
 */
async function deadDeliveries(
	db: Kysely<Tables>,
	after: number,
	workspaceId: string | undefined,
): Promise<DeadDeliveries[]> {
	const subscriptions = await db
		.selectFrom('subscriptions')
		.select(['id', 'workspace_id', 'url', 'workflow_id'])
		.where('status', '=', 'active')
		.$if(workspaceId !== undefined, (q) => q.where('workspace_id', '=', workspaceId as string))
		.execute();
	const found: DeadDeliveries[] = [];
	for (const subscription of subscriptions) {
		const dead = await deadOf(db, subscription, after);
		const [first] = dead;
		if (first) found.push({ ...subscription, count: dead.length, since: first.finished_at ?? 0 });
	}
	return found;
}

interface DeadDeliveries extends TroubledSubscription {
	readonly count: number;
	readonly since: number;
}

/** More than so many are told as such. */
const MOST_COUNTED = 1_000;

/** Oldest first, {@link MOST_COUNTED} and one at most. */
function deadOf(
	db: Kysely<Tables>,
	{ id, workspace_id: workspaceId }: { readonly id: string; readonly workspace_id: string },
	after: number,
) {
	return db
		.selectFrom('deliveries as d')
		.select('d.finished_at')
		.where('d.workspace_id', '=', workspaceId)
		.where('d.subscription_id', '=', id)
		.where('d.status', '=', 'dead')
		.where('d.finished_at', '>', after)
		.where((e) =>
			e.not(
				e.exists(
					e
						.selectFrom('deliveries as later')
						.select(sql.lit(1).as('one'))
						.whereRef('later.event_id', '=', 'd.event_id')
						.whereRef('later.subscription_id', '=', 'd.subscription_id')
						.whereRef('later.id', '>', 'd.id')
						// Whatever follows a delivery of the same event is a replay; said for the index.
						.where('later.replay_of', 'is not', null),
				),
			),
		)
		.orderBy('d.finished_at')
		.limit(MOST_COUNTED + 1)
		.execute();
}

/** Newest first is fast for an endpoint that is probed every few minutes. */
async function lastFailure(db: Kysely<Tables>, subscriptionId: string): Promise<string> {
	const last = await db
		.selectFrom('attempts as a')
		.innerJoin('deliveries as d', 'd.id', 'a.delivery_id')
		.select(['a.status_code', 'a.error'])
		.where('d.subscription_id', '=', subscriptionId)
		.orderBy('a.id', 'desc')
		.limit(1)
		.executeTakeFirst();
	if (last === undefined) return '';
	return last.error === null
		? ` It last answered ${last.status_code}.`
		: ` The last attempt: ${last.error}`;
}
