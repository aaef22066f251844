import type { Kysely } from 'kysely';
import type { Clock } from '../clock';
import type { Tables } from '../database/tables';
import { ConflictError, NotFoundError } from '../errors/requestErrors';
import { raiseAlert, type NewAlert } from './raiseAlert';

/**
 * `workflow_paused`: the endpoint fails, so the breaker lets only a probe through now and then; or a trigger
 * that asks for its deliveries has not done so for over a day.
 * `workflow_disabled`: it failed for five days or answered 410, and gets nothing any more.
 * `deliveries_dead`: deliveries of a working subscription were given up and not sent again.
 * `trigger_elsewhere`: one trigger is published at two addresses, so its events go to both.
 * `trigger_resumed`: something other than n8n deleted a trigger's subscription, which goes on.
 */
export type WorkflowAlertKind =
	| 'workflow_paused'
	| 'workflow_disabled'
	| 'deliveries_dead'
	| 'trigger_elsewhere'
	| 'trigger_resumed';

/**
 * `payload_put_aside`: what Xero sent could not be read or written whole.
 * `routing_behind`: what Xero sent waits for minutes to become events.
 */
export type PayloadAlertKind = 'payload_put_aside' | 'routing_behind';

/** `gap_not_repaired`: webhooks may have been missed, and what changed then cannot be read. */
export type GapAlertKind = 'gap_not_repaired';

/** A trouble that goes on until a person, or a better day, ends it. */
export interface Alert {
	readonly id: string;
	/** Of an open list; `alertTitle` has a title for each. */
	readonly kind: string;
	/** What it is about: the id of a grant, of a subscription, of a sync …, or `hub`. */
	readonly subject: string;
	/** What happened and what to do. */
	readonly message: string;
	/** ISO 8601, UTC. */
	readonly raisedAt: string;
}

/** A trouble as the rows show it now: nothing is kept of it, so nothing grows stale. */
export interface Trouble {
	readonly workspaceId: string;
	readonly kind: WorkflowAlertKind | PayloadAlertKind | GapAlertKind;
	/** The id of a subscription or of a connection, or "payloads". */
	readonly subject: string;
	/** Epoch milliseconds. */
	readonly since: number;
	/** What happened and what to do. */
	describe(): Promise<string>;
}

/** An alert, and where it belongs. */
export interface OpenAlert extends Pick<Alert, 'id' | 'kind' | 'subject'> {
	readonly workspaceId: string;
	/** Epoch milliseconds. */
	readonly since: number;
	/** What happened and what to do. */
	describe(): Promise<string>;
}

/** @param workspaceId absent: of every workspace */
export type FindTroubles = (workspaceId?: string) => Promise<readonly Trouble[]>;

/**
 * Troubles that were raised, each told once while it lasts, by however many processes it is found; and
 * troubles that show by themselves, such as a workflow that fails.
 */
export interface AlertLedger {
	/** Ends another kind of trouble with the same grant. @returns whether it is news */
	raise(alert: NewAlert): Promise<boolean>;
	/**
	 * Ends an alert that says something to be read, and nothing to be mended.
	 *
	 * @throws NotFoundError, and ConflictError where the alert ends by itself once the trouble does
	 */
	acknowledge(workspaceId: string, id: string): Promise<{ readonly kind: string }>;
	/** Newest first. */
	listOpen(workspaceId: string): Promise<Alert[]>;
	/** Those of every workspace, for whoever tells them elsewhere; nothing is worked out that is not asked. */
	findOpen(): Promise<readonly OpenAlert[]>;
	/** One entry for each open alert of every workspace, for counting. */
	openEverywhere(): Promise<readonly { readonly workspaceId: string; readonly kind: string }[]>;
}

export function createAlertLedger(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
	/** Absent: only the troubles that were raised. */
	readonly findTroubles?: FindTroubles;
}): AlertLedger {
	const { db, now, findTroubles = noTroubles } = deps;

	return {
		raise: (alert) => raiseAlert(db, alert, now()),

		async acknowledge(workspaceId, id) {
			const row = await db
				.selectFrom('alerts')
				.select('kind')
				.where('workspace_id', '=', workspaceId)
				.where('id', '=', id)
				.where('resolved_at', 'is', null)
				.executeTakeFirst();
			if (row === undefined) throw new NotFoundError(`The workspace has no open alert "${id}".`);
			if (row.kind !== 'restored_from_backup') {
				throw new ConflictError('This alert ends by itself as soon as its trouble does.');
			}
			await db
				.updateTable('alerts')
				.set({ resolved_at: now() })
				.where('id', '=', id)
				.where('resolved_at', 'is', null)
				.execute();
			return row;
		},

		async listOpen(workspaceId) {
			const rows = await db
				.selectFrom('alerts')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.where('resolved_at', 'is', null)
				.execute();
			const shown = await Promise.all(
				(await findTroubles(workspaceId)).map(async (trouble) => ({
					id: idOf(trouble),
					kind: trouble.kind,
					subject: trouble.subject,
					message: await trouble.describe(),
					at: trouble.since,
				})),
			);
			return [...rows.map((row) => ({ ...row, at: row.raised_at })), ...shown]
				.sort((a, b) => b.at - a.at)
				.map(({ id, kind, subject, message, at }) => ({
					id,
					kind,
					subject,
					message,
					raisedAt: new Date(at).toISOString(),
				}));
		},

		async findOpen() {
			const raised = await db
				.selectFrom('alerts')
				.select(['id', 'workspace_id', 'kind', 'subject', 'message', 'raised_at'])
				.where('resolved_at', 'is', null)
				.execute();
			return [
				...raised.map(({ workspace_id: workspaceId, raised_at: since, message, ...alert }) => ({
					...alert,
					workspaceId,
					since,
					describe: async () => message,
				})),
				...(await findTroubles()).map((trouble) => ({ ...trouble, id: idOf(trouble) })),
			];
		},

		async openEverywhere() {
			const raised = await db
				.selectFrom('alerts')
				.select(['workspace_id as workspaceId', 'kind'])
				.where('resolved_at', 'is', null)
				.execute();
			const shown = await findTroubles();
			return [...raised, ...shown.map(({ workspaceId, kind }) => ({ workspaceId, kind }))];
		},
	};
}

/** A trouble that shows by itself has no row, so this is what tells it from others. */
function idOf({ kind, subject }: Trouble): string {
	return `${kind}-${subject}`;
}

const noTroubles: FindTroubles = async () => [];
