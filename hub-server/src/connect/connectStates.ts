import { createHash, randomBytes } from 'node:crypto';
import type { Kysely, Selectable } from 'kysely';
import type { Clock } from '../clock';
import type { OnConnect, Tables } from '../database/tables';
import type { KeyRing, SealedPlace } from '../secrets/keyRing';
import type { ReturnAddress } from './returnAddress';

/** What must come back from Xero, or be proven to it, to finish one consent. */
export interface ConnectState {
	/** Goes through the browser; only its hash is kept. */
	readonly state: string;
	/** PKCE, RFC 7636: 43 characters. */
	readonly codeVerifier: string;
	readonly nonce: string;
}

export type TakenState =
	| {
			readonly kind: 'valid';
			readonly workspaceId: string;
			readonly codeVerifier: string;
			readonly nonce: string;
			/** The organisation that is to be reconnected. */
			readonly tenantId: string | null;
			/** Whether a signed-in browser began it, and whether this is the one. */
			readonly browser: 'none' | 'same' | 'other';
			/** The person of the portal who began it. */
			readonly userId: string | null;
			/** The admin key that began it. */
			readonly adminKeyId: string | null;
			/** What else began it, as the audit log names it. */
			readonly startedBy: string | null;
			/** The connect link that it was begun with. */
			readonly linkId: string | null;
			readonly onConnect: OnConnect;
			readonly externalUserId: string | null;
			readonly returnAddress: ReturnAddress | undefined;
	  }
	| {
			readonly kind: 'used' | 'expired';
			readonly workspaceId: string;
			readonly returnAddress: ReturnAddress | undefined;
	  }
	| { readonly kind: 'unknown' };

export interface ConnectStates {
	/** Good for ten minutes, and thirty as a session of another app. */
	create(workspaceId: string, ties?: ConnectTies): Promise<ConnectState>;
	/**
	 * Valid once, however many ask at the same time.
	 *
	 * @param browser the session cookie of whoever comes back
	 */
	take(state: string, browser?: string): Promise<TakenState>;
}

/** What the end of a consent must fit. */
export interface ConnectTies {
	/** The session cookie of the browser that began it; only its hash is kept. */
	readonly browser?: string | undefined;
	/** The person of the portal who began it. */
	readonly userId?: string | undefined;
	/** The admin key that began it. */
	readonly adminKeyId?: string | undefined;
	/** What else began it, as the audit log names it. */
	readonly startedBy?: string | undefined;
	/** The organisation that is to be reconnected. */
	readonly tenantId?: string | undefined;
	/** The connect link that it was begun with. */
	readonly linkId?: string | undefined;
	/** Default: what is connected is accepted. */
	readonly onConnect?: OnConnect | undefined;
	/** Of a connect session: another app began it for one of its users. */
	readonly session?: ConnectSession | undefined;
}

export interface ConnectSession {
	/** Its origin was found to be one of the workspace's. */
	readonly returnUrl?: string | undefined;
	/** Echoed at returnUrl. */
	readonly state?: string | undefined;
	/** The app's own id of that user. */
	readonly externalUserId?: string | undefined;
}

export interface ConnectStatesDeps {
	readonly db: Kysely<Tables>;
	readonly keyRing: KeyRing;
	readonly clock: Clock;
	readonly random?: (size: number) => Buffer;
}

const LIFETIME_MS = 10 * 60_000;

/** Another app hands it on, and its user reads a page or two before going to Xero. */
const SESSION_LIFETIME_MS = 30 * 60_000;

/** Kept a while longer, so that a late person is told what happened. */
const REMEMBERED_MS = 24 * 3600_000;

export function createConnectStates(deps: ConnectStatesDeps): ConnectStates {
	const { db, keyRing, clock, random = randomBytes } = deps;
	const secret = () => random(32).toString('base64url');

	return {
		async create(workspaceId, ties = {}) {
			const { browser, userId, adminKeyId, startedBy, tenantId, linkId, onConnect, session } = ties;
			const made: ConnectState = { state: secret(), codeVerifier: secret(), nonce: secret() };
			const hash = hashOf(made.state);
			const now = clock();
			await db
				.deleteFrom('connect_states')
				.where('expires_at', '<', now - REMEMBERED_MS)
				.execute();
			await db
				.insertInto('connect_states')
				.values({
					state_hash: hash,
					workspace_id: workspaceId,
					code_verifier: keyRing.seal(made.codeVerifier, verifierPlace(hash, workspaceId)),
					nonce: made.nonce,
					expires_at: now + (session === undefined ? LIFETIME_MS : SESSION_LIFETIME_MS),
					used_at: null,
					tenant_id: tenantId ?? null,
					browser_hash: browser === undefined ? null : hashOf(browser),
					user_id: userId ?? null,
					admin_key_id: adminKeyId ?? null,
					started_by: startedBy ?? null,
					link_id: linkId ?? null,
					on_connect: onConnect ?? null,
					return_url: session?.returnUrl ?? null,
					return_state: session?.state ?? null,
					external_user_id: session?.externalUserId ?? null,
				})
				.execute();
			return made;
		},

		async take(state, browser) {
			const hash = hashOf(state);
			const now = clock();
			const taken = await db
				.updateTable('connect_states')
				.set({ used_at: now })
				.where('state_hash', '=', hash)
				.where('used_at', 'is', null)
				.where('expires_at', '>', now)
				.returningAll()
				.executeTakeFirst();
			if (taken !== undefined) {
				const { workspace_id: workspaceId, nonce } = taken;
				const place = verifierPlace(hash, workspaceId);
				const codeVerifier = keyRing.open(taken.code_verifier, place);
				const tenantId = taken.tenant_id;
				return {
					kind: 'valid',
					workspaceId,
					codeVerifier,
					nonce,
					tenantId,
					browser: compare(taken.browser_hash, browser),
					userId: taken.user_id,
					adminKeyId: taken.admin_key_id,
					startedBy: taken.started_by,
					linkId: taken.link_id,
					onConnect: taken.on_connect ?? 'accept',
					externalUserId: taken.external_user_id,
					returnAddress: returnAddressOf(taken),
				};
			}

			const known = await db
				.selectFrom('connect_states')
				.select(['workspace_id', 'used_at', 'return_url', 'return_state', 'external_user_id'])
				.where('state_hash', '=', hash)
				.executeTakeFirst();
			if (known === undefined) return { kind: 'unknown' };
			const kind = known.used_at === null ? 'expired' : 'used';
			return { kind, workspaceId: known.workspace_id, returnAddress: returnAddressOf(known) };
		},
	};
}

function returnAddressOf(
	row: Pick<
		Selectable<Tables['connect_states']>,
		'return_url' | 'return_state' | 'external_user_id'
	>,
): ReturnAddress | undefined {
	if (row.return_url === null) return undefined;
	return {
		url: row.return_url,
		state: row.return_state ?? undefined,
		externalUserId: row.external_user_id ?? undefined,
	};
}

function hashOf(secret: string): string {
	return createHash('sha256').update(secret).digest('hex');
}

function compare(hash: string | null, browser: string | undefined): 'none' | 'same' | 'other' {
	if (hash === null) return 'none';
	return browser !== undefined && hashOf(browser) === hash ? 'same' : 'other';
}

function verifierPlace(hash: string, workspaceId: string): SealedPlace {
	return { table: 'connect_states', row: hash, column: 'code_verifier', workspace: workspaceId };
}
