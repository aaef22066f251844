import type { ConnectApp } from '../connect/connectApp';
import type { ConnectTies } from '../connect/connectStates';
import type { StartConnect } from '../connect/startConnect';
import type { WritePolicy } from '../database/tables';
import type { Workspace } from '../workspaces/workspaceStore';
import type { Disconnect } from '../xero/api/disconnect';
import type { AtXero } from '../xero/api/removeAtXero';
import { connectionName } from '../xero/connections/connectionName';
import type { Connection, ConnectionRows } from '../xero/connections/connectionRows';
import type { Actor } from './Actor';
import type { Change, NoteChange } from './noteChange';

/** The organisations of a workspace: connect, switch, reconnect, disconnect. */
export interface OrganisationChanges {
	/** @returns the connection as it is now. @throws NotFoundError */
	switch(by: Actor, workspace: Holder, id: string, on: boolean): Promise<Connection>;
	/**
	 * Whether its records are kept up to date on a schedule; the first time, that begins with the usual ones.
	 *
	 * @returns the connection as it is now. @throws NotFoundError
	 */
	switchSyncs(by: Actor, workspace: Holder, id: string, on: boolean): Promise<Connection>;
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

/** The browser that must come back, and the person in front of it. */
export type BrowserTies = Required<Pick<ConnectTies, 'browser' | 'userId'>>;

export interface Disconnected {
	readonly connection: Connection;
	readonly atXero: AtXero;
}

export function createOrganisationChanges(deps: {
	readonly connections: Pick<ConnectionRows, 'get' | 'setEnabled' | 'setSyncs' | 'setWritePolicy'>;
	readonly disconnect: Disconnect;
	readonly startConnect: StartConnect;
	readonly connectApp: ConnectApp;
	readonly noteChange: NoteChange;
}): OrganisationChanges {
	const { connections, disconnect, startConnect, connectApp, noteChange } = deps;

	const switching =
		(
			set: 'setEnabled' | 'setSyncs',
			noteOf: (on: boolean) => Pick<Change, 'action' | 'detail'>,
		): OrganisationChanges['switch'] =>
		async (by, { id: workspaceId, slug }, id, on) => {
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

	return {
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
			const atXero = await disconnect(workspaceId, id);
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
			const authorizeUrl = await startConnect({ id }, ties ?? { startedBy: by.name });
			await noteChange(by, { workspace: slug, action: 'organisation.connect_started' });
			return authorizeUrl;
		},
		async startReconnect(by, { id: workspaceId, slug }, id, ties) {
			const connection = await connections.get(workspaceId, id);
			const { tenantId } = connection;
			const started = { tenantId, ...(ties ?? { startedBy: by.name }) };
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
