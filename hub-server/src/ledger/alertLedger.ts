import type { Kysely } from 'kysely';
import type { Clock } from '../clock';
import { newId } from './newId';
import type { GrantAlertKind, Tables } from './tables';
import {
	describeWorkflowTrouble,
	findWorkflowTroubles,
	type WorkflowAlertKind,
} from './workflowAlerts';

export type AlertKind = GrantAlertKind | WorkflowAlertKind;

/** A trouble that goes on until a person, or a better day, ends it. */
export interface Alert {
	readonly id: string;
	readonly kind: AlertKind;
	/** What it is about: the id of a grant, or of a subscription. */
	readonly subject: string;
	/** What happened and what to do. */
	readonly message: string;
	/** ISO 8601, UTC. */
	readonly raisedAt: string;
}

/**
 * Troubles with grants, each told once while it lasts, by however many processes it is found; and
 * troubles with workflows, which the deliveries show by themselves.
 */
export interface AlertLedger {
	/** Ends another kind of trouble with the same subject. @returns whether it is news */
	raise(alert: {
		readonly workspaceId: string;
		readonly kind: GrantAlertKind;
		readonly subject: string;
		readonly message: string;
	}): Promise<boolean>;
	/** Newest first. */
	listOpen(workspaceId: string): Promise<Alert[]>;
	/** One entry for each open alert of every workspace, for counting. */
	openEverywhere(): Promise<readonly { readonly workspaceId: string; readonly kind: AlertKind }[]>;
}

export function createAlertLedger(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
}): AlertLedger {
	const { db, now } = deps;

	return {
		async raise({ workspaceId, kind, subject, message }) {
			await db
				.updateTable('alerts')
				.set({ resolved_at: now() })
				.where('workspace_id', '=', workspaceId)
				.where('subject', '=', subject)
				.where('kind', '!=', kind)
				.where('resolved_at', 'is', null)
				.execute();
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

		async listOpen(workspaceId) {
			const rows = await db
				.selectFrom('alerts')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.where('resolved_at', 'is', null)
				.execute();
			const workflows = await Promise.all(
				(await findWorkflowTroubles(db, now(), workspaceId)).map(async (trouble) => ({
					id: `${trouble.kind}-${trouble.subscriptionId}`,
					kind: trouble.kind,
					subject: trouble.subscriptionId,
					message: await describeWorkflowTrouble(db, trouble),
					at: trouble.since,
				})),
			);
			return [...rows.map((row) => ({ ...row, at: row.raised_at })), ...workflows]
				.sort((a, b) => b.at - a.at)
				.map(({ id, kind, subject, message, at }) => ({
					id,
					kind,
					subject,
					message,
					raisedAt: new Date(at).toISOString(),
				}));
		},

		async openEverywhere() {
			const grants = await db
				.selectFrom('alerts')
				.select(['workspace_id as workspaceId', 'kind'])
				.where('resolved_at', 'is', null)
				.execute();
			const troubles = await findWorkflowTroubles(db, now());
			return [...grants, ...troubles.map(({ workspaceId, kind }) => ({ workspaceId, kind }))];
		},
	};
}
