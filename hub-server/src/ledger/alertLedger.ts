import type { Kysely } from 'kysely';
import type { Clock } from '../clock';
import { newId } from './newId';
import type { AlertKind, Tables } from './tables';

/** A trouble that goes on until a person, or a better day, ends it. */
export interface Alert {
	readonly id: string;
	readonly kind: AlertKind;
	/** What it is about, such as a grant's id. */
	readonly subject: string;
	/** What happened and what to do. */
	readonly message: string;
	/** ISO 8601, UTC. */
	readonly raisedAt: string;
}

/** Troubles, each told once while it lasts, by however many processes it is found. */
export interface AlertLedger {
	/** @returns whether it is news */
	raise(alert: {
		readonly workspaceId: string;
		readonly kind: AlertKind;
		readonly subject: string;
		readonly message: string;
	}): Promise<boolean>;
	/** Ends what is open about the subject. @returns whether something was */
	resolve(workspaceId: string, subject: string): Promise<boolean>;
	/** Newest first. */
	listOpen(workspaceId: string): Promise<Alert[]>;
	/** By kind over all workspaces, for the metrics. */
	countOpen(): Promise<ReadonlyMap<AlertKind, number>>;
}

export function createAlertLedger(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
}): AlertLedger {
	const { db, now } = deps;

	return {
		async raise({ workspaceId, kind, subject, message }) {
			const raised = await db
				.insertInto('alerts')
				.values({
					id: newId(now()),
					workspace_id: workspaceId,
					kind,
					subject,
					message,
					raised_at: now(),
					resolved_at: null,
				})
				.onConflict((conflict) => conflict.doNothing())
				.returning('id')
				.executeTakeFirst();
			return raised !== undefined;
		},

		async resolve(workspaceId, subject) {
			const { numUpdatedRows } = await db
				.updateTable('alerts')
				.set({ resolved_at: now() })
				.where('workspace_id', '=', workspaceId)
				.where('subject', '=', subject)
				.where('resolved_at', 'is', null)
				.executeTakeFirst();
			return numUpdatedRows > 0n;
		},

		async listOpen(workspaceId) {
			const rows = await db
				.selectFrom('alerts')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.where('resolved_at', 'is', null)
				.orderBy('id', 'desc')
				.execute();
			return rows.map(({ id, kind, subject, message, raised_at: at }) => ({
				id,
				kind,
				subject,
				message,
				raisedAt: new Date(at).toISOString(),
			}));
		},

		async countOpen() {
			const rows = await db
				.selectFrom('alerts')
				.select(['kind', (e) => e.fn.countAll<number>().as('count')])
				.where('resolved_at', 'is', null)
				.groupBy('kind')
				.execute();
			return new Map(rows.map(({ kind, count }) => [kind, Number(count)]));
		},
	};
}
