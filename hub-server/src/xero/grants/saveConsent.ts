import type { Kysely, Transaction } from 'kysely';
import { newId } from '../../database/newId';
import type { OnConnect, Tables } from '../../database/tables';
import { saveConnections } from '../connections/saveConnections';
import type { XeroConnection } from '../connections/XeroConnection';
import type { TokenSet } from '../identity/xeroIdentity';
import { endGrantAlerts } from './endGrantAlerts';
import type { KeyRing } from '../../secrets/keyRing';
import { lockGrant } from './lockGrant';
import { settleGrants } from './settleGrants';
import { tokenSealer } from './tokenSealer';
import { LEASE } from '../../work/lease';

/** A user's consent to an app, and what one workspace gets of it. */
export interface Consent {
	readonly workspaceId: string;
	readonly clientId: string;
	readonly xeroUserId: string;
	readonly tokens: TokenSet;
	readonly organisations: readonly XeroConnection[];
	/** Absent: they are on, and those that another user had connected become this user's. */
	readonly terms?: ConsentTerms | undefined;
}

/** What a consent may do to a workspace. It takes over no organisation of another user's. */
export interface ConsentTerms {
	readonly onConnect: OnConnect;
	readonly externalUserId?: string | undefined;
	/** As the audit log names them. */
	readonly connectedBy?: string | undefined;
	/** Part of the transaction: when it throws, nothing of the consent is kept. */
	onSaved(tx: Transaction<Tables>, waiting: WaitingOrganisations): Promise<void>;
}

/** What waits for a member of the workspace now, of all that this consent reaches. */
export interface WaitingOrganisations {
	readonly held: readonly WaitingOrganisation[];
	readonly replacing: readonly WaitingOrganisation[];
}

export interface WaitingOrganisation {
	/** Of the connection. */
	readonly id: string;
	readonly tenantId: string;
	readonly tenantName: string | null;
}

export interface SavedConsent {
	/** The same for the same app and user. */
	readonly grantId: string;
	/** Grants about which an alert has ended: this one, and those that it took the organisations of. */
	readonly alertsEnded: readonly string[];
}

/**
 * Keeps the tokens over those that this user gave this app before, whichever workspace that was for,
 * and ties the organisations to them. A grant of another user that nothing is left of goes.
 * Under terms, an organisation that another user's grant reaches stays with that grant, and waits.
 */
export async function saveConsent(
	tx: Transaction<Tables>,
	keyRing: KeyRing,
	consent: Consent,
	now: number,
): Promise<SavedConsent> {
	const { workspaceId, organisations, terms } = consent;
	const grantId = await saveTokens(tx, keyRing, consent, now);
	await lockWorkspace(tx, workspaceId);
	const before = await grantsOf(tx, workspaceId);
	const isOthers = terms === undefined ? () => undefined : await connectionsOfOthers(tx, consent);
	await saveConnections(tx, {
		...{ workspaceId, grantId, now },
		organisations: organisations.filter(({ tenantId }) => isOthers(tenantId) === undefined),
		isHeld: terms?.onConnect === 'hold',
		externalUserId: terms?.externalUserId,
		connectedBy: terms?.connectedBy,
	});
	for (const { id, tenantId } of organisations) {
		const connectionId = isOthers(tenantId);
		if (connectionId !== undefined) {
			const asked = { grant_id: grantId, xero_connection_id: id, asked_at: now };
			await tx
				.insertInto('connection_replacements')
				.values({ connection_id: connectionId, workspace_id: workspaceId, ...asked })
				.onConflict((conflict) => conflict.column('connection_id').doUpdateSet(asked))
				.execute();
		}
	}
	await terms?.onSaved(tx, await waitingOf(tx, workspaceId, grantId));
	const others = before.filter((id) => id !== grantId);
	return {
		grantId,
		alertsEnded: [
			...(await endGrantAlerts(tx, [grantId], 'everyone', now)),
			...(await settleGrants(tx, others, now)),
		],
	};
}

/** Two consents at once must not both find an organisation new. */
async function lockWorkspace(tx: Transaction<Tables>, workspaceId: string): Promise<void> {
	await tx
		.updateTable('workspaces')
		.set((e) => ({ name: e.ref('name') }))
		.where('id', '=', workspaceId)
		.execute();
}

async function grantsOf(tx: Transaction<Tables>, workspaceId: string): Promise<string[]> {
	const idsIn = async (table: 'connections' | 'connection_replacements') => {
		const query: Kysely<Tables> = tx;
		const rows = await query
			.selectFrom(table)
			.select('grant_id')
			.distinct()
			.where('workspace_id', '=', workspaceId)
			.execute();
		return rows.map((row) => row.grant_id);
	};
	return [
		...new Set([...(await idsIn('connections')), ...(await idsIn('connection_replacements'))]),
	];
}

/** @returns for an organisation that another user's grant reaches: the id of its connection */
async function connectionsOfOthers(
	tx: Transaction<Tables>,
	{ workspaceId, xeroUserId }: Consent,
): Promise<(tenantId: string) => string | undefined> {
	const rows = await tx
		.selectFrom('connections as c')
		.innerJoin('grants as g', 'g.id', 'c.grant_id')
		.select(['c.id', 'c.tenant_id'])
		.where('c.workspace_id', '=', workspaceId)
		.where('g.xero_user_id', '!=', xeroUserId)
		.execute();
	const byTenant = new Map(rows.map((row) => [row.tenant_id, row.id]));
	return (tenantId) => byTenant.get(tenantId);
}

async function waitingOf(
	tx: Transaction<Tables>,
	workspaceId: string,
	grantId: string,
): Promise<WaitingOrganisations> {
	const columns = ['c.id', 'c.tenant_id as tenantId', 'c.tenant_name as tenantName'] as const;
	const own = tx.selectFrom('connections as c').where('c.workspace_id', '=', workspaceId);
	return {
		held: await own
			.select(columns)
			.where('c.grant_id', '=', grantId)
			.where('c.held_at', 'is not', null)
			.execute(),
		replacing: await own
			.innerJoin('connection_replacements as r', 'r.connection_id', 'c.id')
			.select(columns)
			.where('r.grant_id', '=', grantId)
			.execute(),
	};
}

/** What the row of a grant says when it has new tokens: good, and under no lease. */
export function freshGrant(
	keyRing: KeyRing,
	{ id, workspaceId, tokens, now }: FreshGrant,
): FreshColumns {
	const { seal } = tokenSealer(keyRing, 'grants', id, workspaceId);
	const { accessToken, refreshToken } = tokens;
	return {
		access_token: seal('access_token', accessToken),
		refresh_token: refreshToken === undefined ? null : seal('refresh_token', refreshToken),
		scope: tokens.scope,
		expires_at: tokens.expiresAt,
		status: 'active',
		keys_lost_at: null,
		...LEASE.free,
		refreshed_at: now,
	};
}

export interface FreshGrant {
	readonly id: string;
	/** Its home. */
	readonly workspaceId: string;
	readonly tokens: TokenSet;
	readonly now: number;
}

type FreshColumns = Omit<
	Tables['grants'],
	'id' | 'workspace_id' | 'client_id' | 'xero_user_id' | 'gen' | 'created_at'
>;

async function saveTokens(
	tx: Transaction<Tables>,
	keyRing: KeyRing,
	{ workspaceId, clientId, xeroUserId, tokens }: Consent,
	now: number,
): Promise<string> {
	for (;;) {
		const id = newId(now);
		const inserted = await tx
			.insertInto('grants')
			.values({
				id,
				workspace_id: workspaceId,
				client_id: clientId,
				xero_user_id: xeroUserId,
				gen: 1,
				created_at: now,
				...freshGrant(keyRing, { id, workspaceId, tokens, now }),
			})
			.onConflict((conflict) => conflict.columns(['client_id', 'xero_user_id']).doNothing())
			.returning('id')
			.executeTakeFirst();
		if (inserted !== undefined) return inserted.id;

		const known = await lockGrant(tx, { client_id: clientId, xero_user_id: xeroUserId });
		// Removed at this very moment: the next round makes a new one.
		if (known === undefined) continue;
		const home = known.workspace_id;
		await tx
			.updateTable('grants')
			.set({
				...freshGrant(keyRing, { id: known.id, workspaceId: home, tokens, now }),
				gen: (e) => e('gen', '+', 1),
			})
			.where('id', '=', known.id)
			.execute();
		return known.id;
	}
}
