import type { Transaction } from 'kysely';
import { newId } from '../../database/newId';
import type { Tables } from '../../database/tables';
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
 */
export async function saveConsent(
	tx: Transaction<Tables>,
	keyRing: KeyRing,
	consent: Consent,
	now: number,
): Promise<SavedConsent> {
	const { workspaceId, organisations } = consent;
	const grantId = await saveTokens(tx, keyRing, consent, now);
	const before = await grantsOf(tx, workspaceId);
	await saveConnections(tx, { workspaceId, grantId, organisations, now });
	const others = before.filter((id) => id !== grantId);
	return {
		grantId,
		alertsEnded: [
			...(await endGrantAlerts(tx, [grantId], 'everyone', now)),
			...(await settleGrants(tx, others, now)),
		],
	};
}

async function grantsOf(tx: Transaction<Tables>, workspaceId: string): Promise<string[]> {
	const rows = await tx
		.selectFrom('connections')
		.select('grant_id')
		.distinct()
		.where('workspace_id', '=', workspaceId)
		.execute();
	return rows.map((row) => row.grant_id);
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
