import type { ConnectApp } from '../connect/connectApp';
import type { ConnectSession, ConnectTies } from '../connect/connectStates';
import { isAllowedReturn } from '../connect/returnAddress';
import type { StartConnect } from '../connect/startConnect';
import type { WaitingConsents } from '../connect/waitingConsents';
import type { OnConnect, WritePolicy } from '../database/tables';
import { ConflictError, InvalidFieldsError } from '../errors/requestErrors';
import type { Workspace } from '../workspaces/workspaceStore';
import type { Disconnect } from '../xero/api/disconnect';
import type { AtXero } from '../xero/api/removeAtXero';
import { connectionName } from '../xero/connections/connectionName';
import type { Connection, ConnectionRows } from '../xero/connections/connectionRows';
import type { Actor } from './Actor';
import type { Change, NoteChange } from './noteChange';

/** The organisations of a workspace: connect, switch, reconnect, disconnect. */
export interface OrganisationChanges {
	/** @returns the connection as it is now. @throws NotFoundError, ConflictError to switch on one that is held */
	switch(by: Actor, workspace: Holder, id: string, on: boolean): Promise<Connection>;
	/**
	 * Whether its records are kept up to date on a schedule; the first time, that begins with the usual ones.
	 *
	 * @returns the connection as it is now. @throws NotFoundError
	 */
	switchSyncs(by: Actor, workspace: Holder, id: string, on: boolean): Promise<Connection>;
	/** Lets workflows reach an organisation that was held. Idempotent. @throws NotFoundError */
	confirm(by: Actor, workspace: Holder, id: string): Promise<Connection>;
	/** Lets the consent of another Xero user take over. @throws NotFoundError, ConflictError where none waits */
	replace(by: Actor, workspace: Holder, id: string): Promise<Connection>;
	/** Leaves the organisation as it is; the other consent is forgotten. Idempotent. @throws NotFoundError */
	decline(by: Actor, workspace: Holder, id: string): Promise<Connection>;
	/** What automation may write into it. @returns the connection as it is now. @throws NotFoundError */
	setWritePolicy(
		by: Actor,
		workspace: Holder,
		id: string,
		policy: WritePolicy,
	): Promise<Connection>;
	/** At Xero first: what fails there leaves it here, to be tried again. @throws NotFoundError */
	disconnect(by: Actor, workspace: Holder, id: string): Promise<Disconnected>;
	/**
	 * Begins a consent that gives the workspace another organisation.
	 *
	 * @param ties absent: whoever comes back may end it
	 * @returns Xero's address for the browser
	 */
	startConnect(by: Actor, workspace: Holder, ties?: BrowserTies): Promise<string>;
	/**
	 * Begins a consent for a user of another app, good for thirty minutes and once.
	 *
	 * @returns Xero's address for the browser
	 * @throws InvalidFieldsError where the workspace does not allow the origin of `returnUrl`
	 */
	startSession(by: Actor, workspace: SessionHolder, session: SessionWish): Promise<string>;
	/** Begins a consent that replaces a connection's tokens. @throws NotFoundError */
	startReconnect(
		by: Actor,
		workspace: Holder,
		id: string,
		ties?: BrowserTies,
	): Promise<{ readonly authorizeUrl: string; readonly connection: Connection }>;
	/** For a Custom Connection, without a browser. @returns the organisations' ids */
	connectApp(by: Actor, workspace: Holder): Promise<readonly string[]>;
}

type Holder = Pick<Workspace, 'id' | 'slug'>;

type SessionHolder = Holder & Pick<Workspace, 'returnOrigins'>;

export interface SessionWish extends ConnectSession {
	readonly onConnect?: OnConnect | undefined;
}

/** The browser that must come back, and the person in front of it. */
export type BrowserTies = Required<Pick<ConnectTies, 'browser' | 'userId'>>;

export interface Disconnected {
	readonly connection: Connection;
	readonly atXero: AtXero;
}

export function createOrganisationChanges(deps: {
	readonly connections: Pick<ConnectionRows, 'get' | 'setEnabled' | 'setSyncs' | 'setWritePolicy'>;
	readonly waitingConsents: WaitingConsents;
	readonly disconnect: Disconnect;
	readonly startConnect: StartConnect;
	readonly connectApp: ConnectApp;
	readonly noteChange: NoteChange;
}): OrganisationChanges {
	const { connections, waitingConsents, disconnect, startConnect, connectApp, noteChange } = deps;

	const switching =
		(
			set: 'setEnabled' | 'setSyncs',
			noteOf: (on: boolean) => Pick<Change, 'action' | 'detail'>,
		): OrganisationChanges['switch'] =>
		async (by, { id: workspaceId, slug }, id, on) => {
			if (set === 'setEnabled' && on) requireConfirmed(await connections.get(workspaceId, id));
			await connections[set](workspaceId, id, on);
			const switched = await connections.get(workspaceId, id);
			const { action, detail } = noteOf(on);
			await noteChange(by, {
				workspace: slug,
				action,
				detail: { organisation: connectionName(switched), ...detail },
			});
			return switched;
		};

	const deciding =
		(
			decide: (workspaceId: string, id: string) => Promise<unknown>,
			action: string,
		): OrganisationChanges['confirm'] =>
		async (by, { id: workspaceId, slug }, id) => {
			await decide(workspaceId, id);
			const decided = await connections.get(workspaceId, id);
			await noteChange(by, {
				workspace: slug,
				action,
				detail: { organisation: connectionName(decided), decision: action.split('.')[1] ?? '' },
			});
			return decided;
		};

	return {
		confirm: deciding(waitingConsents.confirm, 'organisation.confirmed'),
		replace: deciding(waitingConsents.replace, 'organisation.replaced'),
		decline: deciding(waitingConsents.decline, 'organisation.declined'),
		switch: switching('setEnabled', (on) => ({
			action: on ? 'organisation.enabled' : 'organisation.disabled',
			detail: { switched: on ? 'on' : 'off' },
		})),
		switchSyncs: switching('setSyncs', (on) => ({
			action: on ? 'organisation.sync_on' : 'organisation.sync_off',
			detail: { sync: on ? 'on' : 'off' },
		})),
		async setWritePolicy(by, { id: workspaceId, slug }, id, policy) {
			const before = await connections.get(workspaceId, id);
			await connections.setWritePolicy(workspaceId, id, policy);
			await noteChange(by, {
				workspace: slug,
				action: 'organisation.write_policy_set',
				detail: {
					...{ organisation: connectionName(before), policy, before: before.writePolicy },
				},
			});
			return connections.get(workspaceId, id);
		},
		async disconnect(by, { id: workspaceId, slug }, id) {
			const connection = await connections.get(workspaceId, id);
			await waitingConsents.decline(workspaceId, id);
			const atXero = await disconnect(workspaceId, id);
			await waitingConsents.forget(id);
			await noteChange(by, {
				workspace: slug,
				action: 'organisation.removed',
				detail: {
					organisation: connectionName(connection),
					...(atXero.kind === 'left' && { atXero: 'still connected' }),
				},
			});
			return { connection, atXero };
		},
		async startConnect(by, { id, slug }, ties) {
			const authorizeUrl = await startConnect({ id }, ties ?? beganBy(by));
			await noteChange(by, { workspace: slug, action: 'organisation.connect_started' });
			return authorizeUrl;
		},
		async startSession(by, { id, slug, returnOrigins }, { onConnect, ...session }) {
			const { returnUrl, externalUserId } = session;
			if (returnUrl !== undefined && !isAllowedReturn(returnUrl, returnOrigins)) {
				const message =
					'goes where this workspace sends nobody back to: its origin must stand in returnOrigins of the workspace, to the letter';
				throw new InvalidFieldsError([{ field: 'returnUrl', message }]);
			}
			const ties = { ...beganBy(by), onConnect, session };
			const authorizeUrl = await startConnect({ id }, ties);
			await noteChange(by, {
				workspace: slug,
				action: 'organisation.connect_started',
				...(externalUserId !== undefined && { detail: { externalUserId } }),
			});
			return authorizeUrl;
		},
		async startReconnect(by, { id: workspaceId, slug }, id, ties) {
			const connection = await connections.get(workspaceId, id);
			const { tenantId } = connection;
			const started = { tenantId, ...(ties ?? beganBy(by)) };
			const authorizeUrl = await startConnect({ id: workspaceId }, started);
			await noteChange(by, {
				workspace: slug,
				action: 'organisation.reconnect_started',
				detail: { organisation: connectionName(connection) },
			});
			return { authorizeUrl, connection };
		},
		async connectApp(by, { id, slug }) {
			const tenantIds = await connectApp(id);
			await noteChange(by, {
				workspace: slug,
				action: 'organisation.connected',
				detail: { organisations: tenantIds.join(', '), by: 'Custom Connection' },
			});
			return tenantIds;
		},
	};
}

function requireConfirmed(connection: Connection): void {
	if (connection.heldAt === undefined) return;
	throw new ConflictError(
		`${connectionName(connection)} came by a connect link and is held. Confirm it first: on the page of the organisations, or with {"held": false}.`,
	);
}

function beganBy({ name, adminKeyId }: Actor): Pick<ConnectTies, 'startedBy' | 'adminKeyId'> {
	return { startedBy: name, adminKeyId };
}
