import type { Kysely, Transaction } from 'kysely';
import { endAlert } from '../alerts/endAlert';
import { endAlertsAbout } from '../alerts/endAlertsAbout';
import { raiseAlert } from '../alerts/raiseAlert';
import type { Clock } from '../clock';
import type { Tables } from '../database/tables';
import { ConflictError } from '../errors/requestErrors';
import type { AtXero, RemoveAtXero } from '../xero/api/removeAtXero';
import { connectionName } from '../xero/connections/connectionName';
import type { Connection, ConnectionRows } from '../xero/connections/connectionRows';
import type { GrantVault } from '../xero/grants/grantVault';
import type { WaitingOrganisations } from '../xero/grants/saveConsent';

/** What consents have left for a member of the workspace to decide. */
export interface WaitingConsents {
	/** Switches on an organisation that is held. Idempotent: one that is not held stays as it is. @throws NotFoundError */
	confirm(workspaceId: string, id: string): Promise<Connection>;
	/**
	 * The organisation is reached through the new consent from now on.
	 *
	 * @throws NotFoundError, ConflictError where no consent waits to replace it
	 */
	replace(workspaceId: string, id: string): Promise<Connection>;
	/**
	 * Forgets the consent that waits to replace it, and ends it at Xero where it is ours alone.
	 *
	 * @returns undefined where none waits. @throws NotFoundError, what the call to Xero throws
	 */
	decline(workspaceId: string, id: string): Promise<AtXero | undefined>;
	/** Call after a connection was removed. */
	forget(id: string): Promise<void>;
}

export const ORGANISATION_HELD = 'organisation_held';

export const REPLACEMENT_WAITS = 'replacement_waits';

export function createWaitingConsents(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
	readonly connections: Pick<ConnectionRows, 'get'>;
	readonly vault: Pick<GrantVault, 'removeIfUnused'>;
	readonly removeAtXero: RemoveAtXero;
}): WaitingConsents {
	const { db, now, connections, vault, removeAtXero } = deps;

	async function endReplacement(tx: Transaction<Tables>, connection: Connection): Promise<boolean> {
		const { id, workspaceId, replacement } = connection;
		const ended = await tx
			.deleteFrom('connection_replacements')
			.where('connection_id', '=', id)
			// One that came meanwhile was not what the member saw.
			.where('grant_id', '=', replacement?.grantId ?? '')
			.returning('connection_id')
			.executeTakeFirst();
		if (ended === undefined) return false;
		await endAlert(tx, { kind: REPLACEMENT_WAITS, workspaceId, subject: id }, now());
		return true;
	}

	return {
		async confirm(workspaceId, id) {
			await connections.get(workspaceId, id);
			await db.transaction().execute(async (tx) => {
				await tx
					.updateTable('connections')
					.set({ held_at: null, enabled: 1 })
					.where('workspace_id', '=', workspaceId)
					.where('id', '=', id)
					.where('held_at', 'is not', null)
					.execute();
				await endAlert(tx, { kind: ORGANISATION_HELD, workspaceId, subject: id }, now());
			});
			return connections.get(workspaceId, id);
		},

		async replace(workspaceId, id) {
			const connection = await connections.get(workspaceId, id);
			const { replacement } = connection;
			const isDone =
				replacement !== undefined &&
				(await db.transaction().execute(async (tx) => {
					if (!(await endReplacement(tx, connection))) return false;
					await tx
						.updateTable('connections')
						.set({
							grant_id: replacement.grantId,
							xero_connection_id: replacement.xeroConnectionId,
						})
						.where('id', '=', id)
						.execute();
					return true;
				}));
			if (!isDone) throw noneWaits(connection);
			await vault.removeIfUnused(connection.grantId);
			return connections.get(workspaceId, id);
		},

		async decline(workspaceId, id) {
			const connection = await connections.get(workspaceId, id);
			const { replacement } = connection;
			if (replacement === undefined) return undefined;
			// Xero may have given both users one connection: ending it would end ours.
			const isOurs = replacement.xeroConnectionId === connection.xeroConnectionId;
			const atXero: AtXero = isOurs
				? { kind: 'shared' }
				: await removeAtXero({ ...connection, ...replacement });
			await db.transaction().execute((tx) => endReplacement(tx, connection));
			await vault.removeIfUnused(replacement.grantId);
			return atXero;
		},

		forget: (id) => endAlertsAbout(db, [id], now()),
	};
}

/** Tells the members of the workspace, in the transaction that keeps the consent. */
export async function raiseWaitingAlerts(
	tx: Transaction<Tables>,
	workspaceId: string,
	{ held, replacing }: WaitingOrganisations,
	now: number,
): Promise<void> {
	for (const organisation of held) {
		const { id: subject } = organisation;
		const message = `${connectionName(organisation)} was connected by a connect link. Nothing is read or told of it until somebody confirms it.`;
		await raiseAlert(tx, { workspaceId, kind: ORGANISATION_HELD, subject, message }, now);
	}
	for (const organisation of replacing) {
		const { id: subject } = organisation;
		const message = `Another Xero user gave access to ${connectionName(organisation)}. It stays connected as it was until somebody decides.`;
		await raiseAlert(tx, { workspaceId, kind: REPLACEMENT_WAITS, subject, message }, now);
	}
}

function noneWaits(connection: Connection): ConflictError {
	return new ConflictError(
		`No other consent waits to take over ${connectionName(connection)}. Look at the organisation again.`,
	);
}
