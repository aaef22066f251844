import { decodeJwt } from 'jose';
import type { Kysely } from 'kysely';
import { HubError } from '../errors/HubError';
import type { Tables } from '../ledger/tables';
import type { ReadAppKeys } from '../vault/appKeys';
import type { GrantVault } from '../vault/grantVault';
import type { ConnectionRows } from '../xero/connectionRows';
import type { TokenFailure } from '../xero/tokenFailure';
import type { XeroConnection, XeroConnections } from '../xero/xeroConnections';
import { AppKeysMissingError, XeroRefusedError } from '../xero/xeroErrors';
import type { TokenSet, XeroIdentity } from '../xero/xeroIdentity';
import type {
	ConnectedOrganisation,
	ConnectFailure,
	ConnectFailureReason,
	ConnectOutcome,
} from './connectOutcome';
import type { ConnectStates, TakenState } from './connectStates';
import { redirectUriOf } from './startConnect';

/**
 * Ends a consent with what Xero sent the browser back with. What goes wrong at Xero or in the browser
 * is an outcome; only the hub's own faults throw.
 *
 * Once resolved as connected, the tokens and every organisation of this user are durable. When Xero
 * fails between the two, the tokens are kept and connecting again completes the work.
 *
 * @param query of the callback; parameters that Xero adds are ignored
 */
export type FinishConnect = (query: URLSearchParams) => Promise<ConnectOutcome>;

export interface FinishConnectDeps {
	readonly db: Kysely<Tables>;
	readonly states: Pick<ConnectStates, 'take'>;
	readonly readAppKeys: ReadAppKeys;
	readonly identity: Pick<XeroIdentity, 'exchangeCode'>;
	readonly vault: Pick<GrantVault, 'store' | 'removeIfUnused'>;
	readonly connections: Pick<ConnectionRows, 'save'>;
	readonly xeroConnections: Pick<XeroConnections, 'list'>;
	/** Without a trailing slash. */
	readonly publicUrl: string;
}

export function createFinishConnect(deps: FinishConnectDeps): FinishConnect {
	const { db, states, readAppKeys, identity, vault, connections, xeroConnections, publicUrl } =
		deps;

	async function exchange(
		code: string,
		taken: Extract<TakenState, { kind: 'valid' }>,
	): Promise<TokenSet | Omit<ConnectFailure, 'kind'>> {
		const { workspaceId, codeVerifier, nonce } = taken;
		const app = await readAppKeys(workspaceId);
		const outcome = await identity.exchangeCode(app, {
			code,
			redirectUri: redirectUriOf(publicUrl),
			codeVerifier,
			nonce,
		});
		return outcome.kind === 'tokens' ? outcome.tokens : failureOf(outcome);
	}

	async function connect(workspace: Workspace, tokens: TokenSet): Promise<ConnectOutcome> {
		const { userId, authEventId } = readClaims(tokens.accessToken);
		const grantId = await vault.store(workspace.id, userId, tokens);
		const all = await xeroConnections.list(grantId);
		const chosen =
			authEventId === undefined ? [] : await xeroConnections.list(grantId, authEventId);
		if (all.length === 0) {
			await vault.removeIfUnused(grantId);
			return failed({ reason: 'no_organisation', connectLink: workspace.connectLink });
		}
		await connections.save(workspace.id, grantId, all);
		return {
			kind: 'connected',
			workspaceName: workspace.name,
			chosen: chosen.map(toOrganisation),
			organisations: all.map(toOrganisation),
		};
	}

	async function readWorkspace(id: string): Promise<Workspace> {
		const { slug, name } = await db
			.selectFrom('workspaces')
			.select(['slug', 'name'])
			.where('id', '=', id)
			.executeTakeFirstOrThrow();
		return { id, name, connectLink: `${publicUrl}/connect/${slug}` };
	}

	return async (query) => {
		const taken = await states.take(query.get('state') ?? '');
		if (taken.kind === 'unknown') return failed({ reason: 'state_unknown' });
		const workspace = await readWorkspace(taken.workspaceId);
		const { connectLink } = workspace;
		if (taken.kind !== 'valid') return failed({ reason: STATE_REASON[taken.kind], connectLink });

		const error = query.get('error');
		if (error === 'access_denied') return failed({ reason: 'access_denied', connectLink });
		const code = query.get('code');
		if (error !== null || code === null || code === '') {
			const detail = error ?? 'Xero sent no code.';
			return failed({ reason: 'xero_refused', connectLink, detail });
		}

		try {
			const exchanged = await exchange(code, taken);
			if ('reason' in exchanged) return failed({ ...exchanged, connectLink });
			return await connect(workspace, exchanged);
		} catch (cause) {
			if (!(cause instanceof HubError)) throw cause;
			return failed({ reason: reasonOf(cause), connectLink, detail: cause.message });
		}
	};
}

interface Workspace {
	readonly id: string;
	readonly name: string;
	readonly connectLink: string;
}

const STATE_REASON = { used: 'state_used', expired: 'state_expired' } as const;

/**
 * The signature is not checked: the token came from Xero's token endpoint itself (OpenID Connect Core
 * §3.1.3.7 allows that), and the claims only name rows.
 */
function readClaims(accessToken: string): { userId: string; authEventId: string | undefined } {
	const claims = decodeJwt<{ xero_userid?: string; authentication_event_id?: string }>(accessToken);
	const userId = claims.xero_userid ?? claims.sub;
	if (userId === undefined) throw new XeroRefusedError('the access token names no user');
	return { userId, authEventId: claims.authentication_event_id };
}

function failureOf(failure: TokenFailure): Omit<ConnectFailure, 'kind'> {
	switch (failure.kind) {
		case 'invalid_grant':
			return { reason: 'code_refused' };
		case 'invalid_client':
			return { reason: 'app_keys_refused' };
		case 'refused':
			return { reason: 'xero_refused', detail: failure.reason };
		case 'unreachable':
			return { reason: 'xero_unreachable', detail: failure.reason };
	}
}

function reasonOf(cause: HubError): ConnectFailureReason {
	if (cause instanceof AppKeysMissingError) return 'app_keys_missing';
	return cause instanceof XeroRefusedError ? 'xero_refused' : 'xero_unreachable';
}

function failed(failure: Omit<ConnectFailure, 'kind'>): ConnectFailure {
	return { kind: 'failed', ...failure };
}

function toOrganisation({ tenantId, tenantName }: XeroConnection): ConnectedOrganisation {
	return { tenantId, name: tenantName ?? tenantId };
}
