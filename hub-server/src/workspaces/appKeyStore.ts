import type { Kysely } from 'kysely';
import type { Clock } from '../clock';
import type { Tables } from '../ledger/tables';
import { appKeyPlace } from '../vault/appKeys';
import type { KeyRing } from '../vault/keyRing';
import type { SigningKey } from '../webhooks/verifyXeroSignature';
import { fingerprint } from './bearerKey';
import { SCOPE_PRESETS } from './scopePresets';

/** How long Xero may still sign with the webhook key that was replaced: its own retry window. */
export const WEBHOOK_KEY_GRACE_MS = 24 * 3600_000;

/** What a hub needs of Xero for contacts, invoices, payments and the rest; reads and writes. */
export const DEFAULT_SCOPES = SCOPE_PRESETS.standard;

export interface AppKeysInput {
	readonly clientId: string;
	readonly clientSecret: string;
	readonly webhookKey?: string | undefined;
	/** Space separated. */
	readonly scopes?: string | undefined;
	readonly tier?: string | undefined;
}

/** What may be shown of the app keys: fingerprints, never the keys. */
export interface AppKeysView {
	readonly clientId: string;
	readonly clientSecretFingerprint: string;
	readonly webhookKeyFingerprint: string | null;
	readonly scopes: string;
	readonly tier: string;
	/** When Xero's intent-to-receive check was last answered well; ISO 8601. */
	readonly handshakeAt: string | null;
	/** When Xero last accepted id and secret, since they were changed; ISO 8601. */
	readonly verifiedAt: string | null;
}

/** The client id, client secret and webhook keys of each workspace's own Xero app, sealed. */
export interface AppKeyStore {
	/** A changed webhook key stays valid beside the new one for a day. */
	save(workspaceId: string, keys: AppKeysInput): Promise<AppKeysView>;
	view(workspaceId: string): Promise<AppKeysView | undefined>;
	/** Xero accepted id and secret; does nothing when they were saved anew after `updatedAt`. */
	markVerified(workspaceId: string, updatedAt: number): Promise<void>;
	/** The webhook keys that may sign now, current first; undefined when there is no such workspace. */
	signingKeys(
		slug: string,
	): Promise<{ readonly workspaceId: string; readonly keys: SigningKey[] } | undefined>;
}

export function createAppKeyStore(deps: {
	readonly db: Kysely<Tables>;
	readonly keyRing: Pick<KeyRing, 'seal' | 'open'>;
	readonly now: Clock;
}): AppKeyStore {
	const { db, keyRing, now } = deps;
	const seal = (workspaceId: string, column: SealedColumn, text: string) =>
		keyRing.seal(text, appKeyPlace(workspaceId, column));
	const open = (workspaceId: string, column: SealedColumn, sealed: string) =>
		keyRing.open(sealed, appKeyPlace(workspaceId, column));

	const read = (workspaceId: string) =>
		db
			.selectFrom('app_keys')
			.selectAll()
			.where('workspace_id', '=', workspaceId)
			.executeTakeFirst();

	function isSameApp(before: Awaited<ReturnType<typeof read>>, keys: AppKeysInput): boolean {
		return (
			before?.client_id === keys.clientId &&
			open(before.workspace_id, 'client_secret', before.client_secret) === keys.clientSecret
		);
	}

	async function view(workspaceId: string): Promise<AppKeysView | undefined> {
		const row = await read(workspaceId);
		if (!row) return undefined;
		return {
			clientId: row.client_id,
			clientSecretFingerprint: fingerprint(open(workspaceId, 'client_secret', row.client_secret)),
			webhookKeyFingerprint:
				row.webhook_key === null
					? null
					: fingerprint(open(workspaceId, 'webhook_key', row.webhook_key)),
			scopes: row.scopes,
			tier: row.tier,
			handshakeAt: row.handshake_at === null ? null : new Date(row.handshake_at).toISOString(),
			verifiedAt: row.verified_at === null ? null : new Date(row.verified_at).toISOString(),
		};
	}

	return {
		view,
		async save(workspaceId, keys) {
			const before = await read(workspaceId);
			const oldWebhookKey =
				typeof before?.webhook_key !== 'string'
					? null
					: open(workspaceId, 'webhook_key', before.webhook_key);
			const webhookKey = keys.webhookKey ?? oldWebhookKey;
			const isRotated = oldWebhookKey !== null && webhookKey !== oldWebhookKey;
			const row = {
				client_id: keys.clientId,
				client_secret: seal(workspaceId, 'client_secret', keys.clientSecret),
				webhook_key: webhookKey === null ? null : seal(workspaceId, 'webhook_key', webhookKey),
				previous_webhook_key: isRotated
					? seal(workspaceId, 'previous_webhook_key', oldWebhookKey)
					: (before?.previous_webhook_key ?? null),
				previous_webhook_key_until: isRotated
					? now() + WEBHOOK_KEY_GRACE_MS
					: (before?.previous_webhook_key_until ?? null),
				scopes: keys.scopes ?? before?.scopes ?? DEFAULT_SCOPES,
				tier: keys.tier ?? before?.tier ?? 'starter',
				verified_at: isSameApp(before, keys) ? (before?.verified_at ?? null) : null,
				updated_at: now(),
			};
			await db
				.insertInto('app_keys')
				.values({ workspace_id: workspaceId, handshake_at: null, ...row })
				.onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(row))
				.execute();
			return (await view(workspaceId)) as AppKeysView;
		},
		async markVerified(workspaceId, updatedAt) {
			await db
				.updateTable('app_keys')
				.set({ verified_at: now() })
				.where('workspace_id', '=', workspaceId)
				.where('updated_at', '=', updatedAt)
				.execute();
		},
		async signingKeys(slug) {
			const row = await db
				.selectFrom('workspaces as w')
				.leftJoin('app_keys as k', 'k.workspace_id', 'w.id')
				.select(['w.id', 'k.webhook_key', 'k.previous_webhook_key', 'k.previous_webhook_key_until'])
				.where('w.slug', '=', slug)
				.executeTakeFirst();
			if (!row) return undefined;
			const keys: SigningKey[] = [];
			if (row.webhook_key !== null) {
				keys.push({ name: 'current', key: open(row.id, 'webhook_key', row.webhook_key) });
			}
			if (row.previous_webhook_key !== null && (row.previous_webhook_key_until ?? 0) > now()) {
				const key = open(row.id, 'previous_webhook_key', row.previous_webhook_key);
				keys.push({ name: 'previous', key });
			}
			return { workspaceId: row.id, keys };
		},
	};
}

type SealedColumn = Parameters<typeof appKeyPlace>[1];
