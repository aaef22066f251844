import type { Kysely } from 'kysely';
import type { Clock } from '../clock';
import type { Tables } from '../database/tables';
import { AppKeysMissingError } from '../errors/xeroErrors';
import { appKeyPlace } from '../xero/identity/appKeys';
import { forgiveGrants } from '../xero/grants/forgiveGrants';
import type { KeyRing } from '../secrets/keyRing';
import type { SigningKey } from './SigningKey';
import { fingerprint } from './bearerKey';
import {
	changeWebhookKeys,
	readFurtherKeys,
	secondOf,
	writeFurtherKeys,
	type WebhookKeySet,
	type WebhookKeyWish,
} from './furtherWebhookKeys';
import { SCOPE_PRESETS } from './scopePresets';
import { USUAL_TIER } from './tiers';
import { unusualKeys } from './unusualKeys';

/** What a hub needs of Xero for contacts, invoices, payments and the rest; reads and writes. */
export const DEFAULT_SCOPES = SCOPE_PRESETS.standard;

export interface AppKeysInput extends WebhookKeyWish {
	readonly clientId: string;
	readonly clientSecret: string;
	/** Space separated. */
	readonly scopes?: string | undefined;
	readonly tier?: string | undefined;
}

/** What may be shown of the app keys: fingerprints, never the keys. */
export interface AppKeysView {
	readonly clientId: string;
	readonly clientSecretFingerprint: string;
	readonly webhookKeyFingerprint: string | null;
	readonly secondWebhookKeyFingerprint: string | null;
	readonly scopes: string;
	readonly tier: string;
	/** When Xero's intent-to-receive check was last answered well with these keys; ISO 8601. */
	readonly handshakeAt: string | null;
	/** When Xero last accepted id and secret, since they were changed; ISO 8601. */
	readonly verifiedAt: string | null;
	/** What does not look like the keys that Xero gives, in sentences. */
	readonly warnings: readonly string[];
}

/** The client id, client secret and webhook keys of each workspace's own Xero app, sealed. */
export interface AppKeyStore {
	/**
	 * What is not given stays as it is. A changed webhook key stays valid beside the new ones for a day;
	 * `null` takes one away at once. Grants of the app that stood still because of its keys go on.
	 */
	save(workspaceId: string, keys: AppKeysInput): Promise<AppKeysView>;
	view(workspaceId: string): Promise<AppKeysView | undefined>;
	/** The keys stay as they are. @throws AppKeysMissingError while none are saved */
	saveScopes(workspaceId: string, scopes: readonly string[]): Promise<AppKeysView>;
	/** Xero accepted this id and secret; does nothing where others are saved by now. */
	markVerified(
		workspaceId: string,
		checked: Pick<AppKeysInput, 'clientId' | 'clientSecret'>,
	): Promise<void>;
	/**
	 * The webhook keys that may sign now, current first. The app's second key counts as current too;
	 * those that were replaced are `previous`.
	 * when there is no such workspace.
	 */
	signingKeys(slug: string): Promise<WorkspaceSigningKeys | undefined>;
}

export interface WorkspaceSigningKeys {
	readonly workspaceId: string;
	/** Current first; empty before a webhook key was saved. */
	readonly keys: readonly SigningKey[];
	/** Another one whenever the keys were saved or sealed anew. */
	readonly version: string;
}

/** Tells whether webhook keys are still those that were read; says nothing of the keys themselves. */
export function signingKeysVersion(
	sealed: Pick<Tables['app_keys'], 'webhook_key' | 'previous_webhook_key'> | undefined,
): string {
	return `${sealed?.webhook_key ?? ''} ${sealed?.previous_webhook_key ?? ''}`;
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

	function isSameApp(
		before: Awaited<ReturnType<typeof read>>,
		keys: Pick<AppKeysInput, 'clientId' | 'clientSecret'>,
	): boolean {
		return (
			before?.client_id === keys.clientId &&
			open(before.workspace_id, 'client_secret', before.client_secret) === keys.clientSecret
		);
	}

	function webhookKeysOf(row: Awaited<ReturnType<typeof read>>): WebhookKeySet {
		if (row === undefined) return { current: null, further: [] };
		const opened = (column: 'webhook_key' | 'previous_webhook_key') => {
			const sealed = row[column];
			return sealed === null ? null : open(row.workspace_id, column, sealed);
		};
		return {
			current: opened('webhook_key'),
			further: readFurtherKeys(opened('previous_webhook_key'), row.previous_webhook_key_until),
		};
	}

	async function view(workspaceId: string): Promise<AppKeysView | undefined> {
		const row = await read(workspaceId);
		if (!row) return undefined;
		const clientSecret = open(workspaceId, 'client_secret', row.client_secret);
		const webhookKeys = webhookKeysOf(row);
		const [current, second] = [webhookKeys.current, secondOf(webhookKeys)];
		const isKey = (key: string | null) => key !== null;
		const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
		return {
			clientId: row.client_id,
			clientSecretFingerprint: fingerprint(clientSecret),
			webhookKeyFingerprint: current === null ? null : fingerprint(current),
			secondWebhookKeyFingerprint: second === null ? null : fingerprint(second),
			scopes: row.scopes,
			tier: row.tier,
			handshakeAt: iso(row.handshake_at),
			verifiedAt: iso(row.verified_at),
			warnings: unusualKeys({
				clientId: row.client_id,
				clientSecret,
				isVerified: row.verified_at !== null,
				webhookKeys: [current, second].filter(isKey),
			}),
		};
	}

	return {
		view,
		async save(workspaceId, keys) {
			const before = await read(workspaceId);
			const oldWebhookKeys = webhookKeysOf(before);
			const { current, further } = changeWebhookKeys(oldWebhookKeys, keys, now());
			const furtherText = writeFurtherKeys(further);
			const isCheckedApp =
				before?.client_id === keys.clientId && oldWebhookKeys.current === current;
			const row = {
				client_id: keys.clientId,
				client_secret: seal(workspaceId, 'client_secret', keys.clientSecret),
				webhook_key: current === null ? null : seal(workspaceId, 'webhook_key', current),
				previous_webhook_key:
					furtherText === null ? null : seal(workspaceId, 'previous_webhook_key', furtherText),
				previous_webhook_key_until: null,
				scopes: keys.scopes ?? before?.scopes ?? DEFAULT_SCOPES,
				tier: keys.tier ?? before?.tier ?? USUAL_TIER,
				handshake_at: isCheckedApp ? before.handshake_at : null,
				verified_at: isSameApp(before, keys) ? (before?.verified_at ?? null) : null,
				updated_at: now(),
			};
			await db.transaction().execute(async (tx) => {
				await tx
					.insertInto('app_keys')
					.values({ workspace_id: workspaceId, ...row })
					.onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(row))
					.execute();
				await forgiveGrants(tx, keys.clientId, row.updated_at);
			});
			return (await view(workspaceId)) as AppKeysView;
		},
		async saveScopes(workspaceId, scopes) {
			await db
				.updateTable('app_keys')
				.set({ scopes: scopes.join(' ') })
				.where('workspace_id', '=', workspaceId)
				.execute();
			const saved = await view(workspaceId);
			if (saved === undefined) throw new AppKeysMissingError();
			return saved;
		},
		async markVerified(workspaceId, checked) {
			for (;;) {
				const row = await read(workspaceId);
				if (row === undefined || !isSameApp(row, checked)) return;
				// Sealed text is another one after each save, so this is the row that was compared.
				const { numUpdatedRows } = await db
					.updateTable('app_keys')
					.set({ verified_at: now() })
					.where('workspace_id', '=', workspaceId)
					.where('client_id', '=', row.client_id)
					.where('client_secret', '=', row.client_secret)
					.executeTakeFirst();
				if (numUpdatedRows > 0n) return;
			}
		},
		async signingKeys(slug) {
			const workspace = await db
				.selectFrom('workspaces')
				.select('id')
				.where('slug', '=', slug)
				.executeTakeFirst();
			if (!workspace) return undefined;
			const row = await read(workspace.id);
			const { current, further } = webhookKeysOf(row);
			const alive = further.filter(({ until }) => until === null || until > now());
			const named = alive.map(({ key, until }): SigningKey => ({
				name: until === null ? 'current' : 'previous',
				key,
			}));
			return {
				workspaceId: workspace.id,
				version: signingKeysVersion(row),
				keys: [...(current === null ? [] : [{ name: 'current' as const, key: current }]), ...named],
			};
		},
	};
}

type SealedColumn = Parameters<typeof appKeyPlace>[1];
