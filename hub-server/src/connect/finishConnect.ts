import { decodeJwt } from 'jose';
import type { Kysely } from 'kysely';
import { HubError } from '../errors/HubError';
import type { Tables } from '../database/tables';
import type { AppKeys, ReadAppKeys } from '../xero/identity/appKeys';
import type { GrantVault } from '../xero/grants/grantVault';
import type { ConnectionRows } from '../xero/connections/connectionRows';
import type { TokenFailure } from '../xero/identity/tokenFailure';
import type { XeroConnections } from '../xero/api/xeroConnections';
import type { XeroConnection } from '../xero/connections/XeroConnection';
import { AppKeysMissingError, XeroRefusedError } from '../errors/xeroErrors';
import { missingScopes } from '../xero/identity/scopeCover';
import type { ClockOff, TokenSet, XeroIdentity } from '../xero/identity/xeroIdentity';
import type { Clock } from '../clock';
import type { Consent, WaitingOrganisations } from '../xero/grants/saveConsent';
import type { ConnectLinks, MakerMay } from './connectLinks';
import { isAllowedReturn, returnTo, type ReturnAddress } from './returnAddress';
import { raiseWaitingAlerts } from './waitingConsents';
import { connectionsOfConsent } from './connectionsOfConsent';
import type {
	ConnectedOrganisation,
	ConnectFailure,
	ConnectFailureReason,
	ConnectOutcome,
} from './connectOutcome';
import type { ConnectStates, TakenState } from './connectStates';
import { createJudgeConsent, type ConsentRefusal } from './judgeConsent';
import { redirectUriOf } from './startConnect';

/**
 * Ends a consent with what Xero sent the browser back with. What goes wrong at Xero or in the browser
 * is an outcome; only the hub's own faults throw.
 *
 * Once resolved as connected, the tokens and the organisations of this consent are durable. Where it
 * failed nothing was kept, and an organisation that was just chosen in vain is removed at Xero again.
 *
 * @param query of the callback; parameters that Xero adds are ignored
 * @param browser its session cookie, where it has one
 */
export type FinishConnect = (query: URLSearchParams, browser?: string) => Promise<ConnectOutcome>;

export interface FinishConnectDeps {
	readonly db: Kysely<Tables>;
	readonly states: Pick<ConnectStates, 'take'>;
	readonly readAppKeys: ReadAppKeys;
	readonly identity: Pick<XeroIdentity, 'exchangeCode'>;
	readonly vault: Pick<GrantVault, 'store'>;
	readonly connections: Pick<ConnectionRows, 'list' | 'countOfApp' | 'holders'>;
	readonly xeroConnections: Pick<XeroConnections, 'withToken'>;
	readonly checkStarter: CheckStarter;
	readonly connectLinks: Pick<ConnectLinks, 'get' | 'use'>;
	readonly makerMay: MakerMay;
	readonly now: Clock;
	/** Without a trailing slash. */
	readonly publicUrl: string;
}

/**
 * Whether the person who began a consent on a page of the portal is still signed in with that browser,
 * and may still connect the workspace.
 */
export type CheckStarter = (
	starter: { readonly userId: string; readonly browser: string | undefined },
	workspaceId: string,
) => Promise<StarterVerdict>;

export type StarterVerdict =
	| { readonly kind: 'may'; readonly email: string }
	| { readonly kind: 'signed_out' | 'not_allowed' };

export function createFinishConnect(deps: FinishConnectDeps): FinishConnect {
	const { db, states, readAppKeys, identity, vault, connections, xeroConnections, publicUrl } =
		deps;
	const judge = createJudgeConsent(deps);

	/** Asked before the code is spent: a removed person's consent must come to nothing. */
	async function starterOf(
		{ userId, workspaceId }: ValidState,
		browser: string | undefined,
	): Promise<string | undefined | ConsentRefusal> {
		if (userId === null) return undefined;
		const verdict = await deps.checkStarter({ userId, browser }, workspaceId);
		return verdict.kind === 'may' ? verdict.email : { reason: verdict.kind };
	}

	/** Also of a session: it ends with the admin key that began it. */
	async function isLinkOpen({ linkId, adminKeyId, workspaceId }: ValidState): Promise<boolean> {
		if (adminKeyId !== null && !(await deps.makerMay({ userId: null, adminKeyId }, workspaceId)))
			return false;
		return linkId === null || (await deps.connectLinks.get(linkId))?.state === 'open';
	}

	async function exchange(
		code: string,
		{ codeVerifier, nonce }: ValidState,
		app: AppKeys,
	): Promise<TokenSet | ConsentRefusal> {
		const redirectUri = redirectUriOf(publicUrl);
		const outcome = await identity.exchangeCode(app, { code, redirectUri, codeVerifier, nonce });
		if (outcome.kind === 'clock_off') return { reason: 'clock_off', detail: clockText(outcome) };
		return outcome.kind === 'tokens' ? outcome.tokens : failureOf(outcome);
	}

	async function connect(
		workspace: Workspace & { readonly starter: string | undefined },
		state: ValidState,
		app: AppKeys,
		tokens: TokenSet,
	): Promise<ConnectOutcome | ConsentRefusal> {
		const { userId, authEventId } = readClaims(tokens.accessToken);
		const xero = xeroConnections.withToken(tokens.accessToken);
		const [all, held] = [await xero.list(), await connections.list(workspace.id)];
		if (all.length === 0) return { reason: 'no_organisation' };
		const chosen = authEventId === undefined ? [] : await xero.list(authEventId);

		const taken = await connections.holders(all.map(({ id }) => id));
		const reach = { all, chosen, held, taken };
		const own = connectionsOfConsent(reach);
		const refusal = await judge({
			...reach,
			own,
			app,
			xeroUserId: userId,
			wanted: state.tenantId,
		});
		const removeChosen = async () => {
			for (const { id } of chosen) if (!taken.has(id)) await xero.remove(id);
		};
		if (refusal !== undefined) {
			await removeChosen();
			return refusal;
		}
		const waiting = await store({
			workspaceId: workspace.id,
			clientId: app.clientId,
			xeroUserId: userId,
			tokens,
			organisations: own,
			...{ state, connectedBy: workspace.starter ?? state.startedBy ?? undefined },
		});
		if (waiting === undefined) {
			await removeChosen();
			return { reason: 'connect_link_ended' };
		}
		return {
			kind: 'connected',
			workspaceSlug: workspace.slug,
			workspaceName: workspace.name,
			fromPortal: workspace.fromPortal,
			starter: workspace.starter,
			startedBy: state.startedBy ?? undefined,
			chosen: chosen.map(toOrganisation),
			organisations: own.map(toOrganisation),
			held: waiting.held.map(toOrganisation),
			replacing: waiting.replacing.map(toOrganisation),
			// Where Xero does not say what it granted, nothing is known to be missing.
			missingScopes: tokens.scope === '' ? [] : missingScopes(tokens.scope.split(' '), app.scopes),
		};
	}

	/** @returns what waits for a member; undefined when its link has ended meanwhile: nothing was kept */
	async function store({
		state,
		connectedBy,
		...consent
	}: Consent & { readonly state: ValidState; readonly connectedBy: string | undefined }): Promise<
		WaitingOrganisations | undefined
	> {
		let waiting: WaitingOrganisations | undefined;
		try {
			await vault.store({
				...consent,
				terms: {
					onConnect: state.onConnect,
					externalUserId: state.externalUserId ?? undefined,
					connectedBy,
					async onSaved(tx, found) {
						const { linkId } = state;
						if (linkId !== null && !(await deps.connectLinks.use(tx, linkId)))
							throw new LinkEnded();
						await raiseWaitingAlerts(tx, consent.workspaceId, found, deps.now());
						waiting = found;
					},
				},
			});
		} catch (cause) {
			if (!(cause instanceof LinkEnded)) throw cause;
			return undefined;
		}
		return waiting;
	}

	async function readWorkspace({ workspaceId: id, ...taken }: KnownState): Promise<Workspace> {
		const {
			slug,
			name,
			connect_link: hasLink,
			return_origins: origins,
		} = await db
			.selectFrom('workspaces')
			.select(['slug', 'name', 'connect_link', 'return_origins'])
			.where('id', '=', id)
			.executeTakeFirstOrThrow();
		const fromPortal = taken.kind === 'valid' && taken.browser !== 'none';
		const isPublic = !fromPortal && hasLink === 1;
		const path = isPublic ? `connect/${slug}` : `w/${slug}/organisations`;
		const { returnAddress } = taken;
		const isAllowed =
			returnAddress !== undefined &&
			isAllowedReturn(returnAddress.url, JSON.parse(origins) as string[]);
		return {
			...{ id, slug, name, fromPortal },
			connectLink:
				taken.kind === 'valid' && taken.linkId !== null ? undefined : `${publicUrl}/${path}`,
			returnAddress: isAllowed ? returnAddress : undefined,
		};
	}

	return async (query, browser) => {
		const taken = await states.take(query.get('state') ?? '', browser);
		if (taken.kind === 'unknown') return failed({ reason: 'state_unknown' });
		const workspace = await readWorkspace(taken);
		const outcome = await finish(taken, workspace, query, browser);
		const { returnAddress } = workspace;
		return returnAddress === undefined
			? outcome
			: { ...outcome, returnTo: returnTo(returnAddress, toldOf(outcome)) };
	};

	async function finish(
		taken: KnownState,
		workspace: Workspace,
		query: URLSearchParams,
		browser: string | undefined,
	): Promise<ConnectOutcome> {
		const { connectLink } = workspace;
		if (taken.kind !== 'valid') return failed({ reason: STATE_REASON[taken.kind], connectLink });
		if (taken.browser === 'other') return failed({ reason: 'other_browser' });

		const error = query.get('error');
		if (error === 'access_denied') return failed({ reason: 'access_denied', connectLink });
		const code = query.get('code');
		if (error !== null || code === null || code === '') {
			const detail = error ?? 'Xero sent no code.';
			return failed({ reason: 'xero_refused', connectLink, detail });
		}

		try {
			const starter = await starterOf(taken, browser);
			if (typeof starter === 'object') return failed({ ...starter, connectLink });
			if (!(await isLinkOpen(taken))) return failed({ reason: 'connect_link_ended' });
			const app = await readAppKeys(workspace.id);
			const exchanged = await exchange(code, taken, app);
			if ('reason' in exchanged) return failed({ ...exchanged, connectLink });
			const outcome = await connect({ ...workspace, starter }, taken, app, exchanged);
			return 'kind' in outcome ? outcome : failed({ ...outcome, connectLink });
		} catch (cause) {
			if (!(cause instanceof HubError)) throw cause;
			return failed({ reason: reasonOf(cause), connectLink, detail: cause.message });
		}
	}
}

/** The link that a consent came by is not open any more. */
class LinkEnded extends Error {}

function toldOf(outcome: ConnectOutcome): Parameters<typeof returnTo>[1] {
	if (outcome.kind === 'failed') {
		const { reason } = outcome;
		return { status: reason === 'access_denied' ? 'cancelled' : 'failed', reason };
	}
	const { chosen, organisations, held, replacing } = outcome;
	const told = chosen.length > 0 ? chosen : organisations;
	const tenantIds = told.map(({ tenantId }) => tenantId);
	const isIn = (list: readonly ConnectedOrganisation[]) =>
		list.some(({ tenantId }) => tenantIds.includes(tenantId));
	if (isIn(replacing)) return { status: 'replacement_waits', tenantIds };
	return { status: isIn(held) ? 'held' : 'connected', tenantIds };
}

type KnownState = Exclude<TakenState, { kind: 'unknown' }>;

type ValidState = Extract<TakenState, { kind: 'valid' }>;

interface Workspace {
	readonly id: string;
	readonly slug: string;
	readonly fromPortal: boolean;
	readonly name: string;
	/** Absent where only whoever began it can begin it again. */
	readonly connectLink: string | undefined;
	readonly returnAddress: ReturnAddress | undefined;
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

function failureOf(failure: TokenFailure): ConsentRefusal {
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

function clockText({ aheadMs }: ClockOff): string {
	const minutes = Math.round(Math.abs(aheadMs) / 60_000);
	const far = minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
	return `The hub's clock is ${far} ${aheadMs > 0 ? 'ahead of' : 'behind'} Xero's.`;
}

function reasonOf(cause: HubError): ConnectFailureReason {
	if (cause instanceof AppKeysMissingError) return 'app_keys_missing';
	return cause instanceof XeroRefusedError ? 'xero_refused' : 'xero_unreachable';
}

function failed(failure: Omit<ConnectFailure, 'kind'>): ConnectFailure {
	return { kind: 'failed', ...failure };
}

function toOrganisation({
	tenantId,
	tenantName,
}: Pick<XeroConnection, 'tenantId' | 'tenantName'>): ConnectedOrganisation {
	return { tenantId, name: tenantName ?? tenantId };
}
