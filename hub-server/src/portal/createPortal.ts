import express, {
	Router,
	type ErrorRequestHandler,
	type Request,
	type RequestHandler,
} from 'express';
import type { Kysely } from 'kysely';
import type { NoteChange } from '../administration/noteChange';
import type { Clock } from '../clock';
import type { ConnectOutcome } from '../connect/connectOutcome';
import type { CheckStarter } from '../connect/finishConnect';
import type { OidcConfig } from '../config/Config';
import { HubError } from '../errors/HubError';
import type { Tables } from '../database/tables';
import type { KeyRing } from '../secrets/keyRing';
import type { Workspace, WorkspaceStore } from '../workspaces/workspaceStore';
import { createCheckStarter } from './access/checkStarter';
import { createJoinLinks } from './access/joinLinks';
import { createKnownBrowsers } from './access/knownBrowsers';
import { createOidcProvider } from './access/oidcProvider';
import { createPasskeys } from './access/passkeys';
import { createPasskeyStore } from './access/passkeyStore';
import { makeSetUpLink } from './access/makeSetUpLink';
import { createSecondFactors } from './access/secondFactors';
import { createSessionStore } from './access/sessionStore';
import { createSignInSteps } from './access/signInSteps';
import { createSignInTries } from './access/signInTries';
import type { TellPerson } from './access/tellPerson';
import { createUserStore } from './access/userStore';
import type { AuditLog } from '../audit/auditLog';
import { createNoteConnected } from './access/noteConnected';
import { createAccountRoutes } from './pages/accountRoutes';
import { endStreamOfStranger } from './pages/activityPages';
import { createAdminKeyRoutes, type AdminKeyRoutesDeps } from './pages/adminKeyRoutes';
import { createAgencyRoutes } from './pages/agencyRoutes';
import { createAuditRoutes } from './pages/auditRoutes';
import { createDashboardRoutes } from './pages/dashboardRoutes';
import { createDoorRoutes } from './pages/doorRoutes';
import { createJoinRoutes } from './pages/joinRoutes';
import { readLongForm } from './pages/linkPages';
import { messagePage } from './pages/messagePage';
import { createMarkRoutes } from './pages/markRoutes';
import { createOidcRoutes } from './pages/oidcRoutes';
import { createPeopleRoutes } from './pages/peopleRoutes';
import { createSecondFactorRoutes } from './pages/secondFactorRoutes';
import { createWorkspacePages, type WorkspacePagesDeps } from './pages/workspacePages';
import type { PortalContext } from './show/PortalContext';
import { createAssetRoutes } from './show/assets';
import { createConfirmAnew, createConfirmFirst } from './show/confirmAnew';
import { createLimitOpenings, OPENING_LIMITS } from './pages/limitOpenings';
import { createPortalCookies } from './show/portalCookies';
import { requireSecondFactor } from './show/requireSecondFactor';
import { showPage } from './show/showPage';
import { pageWorkspaceIfAny, setVisit, visitOf } from './show/visit';
import {
	findPageWorkspace,
	recogniseVisitor,
	requireFormToken,
	requireSignIn,
} from './show/visitors';

export interface PortalDeps extends WorkspacePagesDeps, AdminKeyRoutesDeps {
	readonly db: Kysely<Tables>;
	readonly keyRing: Pick<KeyRing, 'seal' | 'open'>;
	readonly audit: AuditLog;
	readonly noteChange: NoteChange;
	/** Absent: this hub sends no mail. */
	readonly tellPerson?: TellPerson | undefined;
	/** Whether people may sign in by password. */
	readonly takesPasswords: boolean;
	/** Absent: nobody comes by OpenID Connect. */
	readonly oidc?: OidcConfig | undefined;
	/** Whether everybody must have a second factor. */
	readonly requiresSecondFactor: boolean;
	readonly alerts: PortalContext['alerts'];
	readonly workspaces: WorkspaceStore;
	/** Without a trailing slash; tells too whether cookies must be `Secure`. */
	readonly publicUrl: string;
	readonly now: Clock;
	onFault(cause: unknown): void;
}

export interface Portal {
	readonly routes: Router;
	/** A link that makes the first owner; undefined once there is a user. */
	newSetUpLink(): Promise<string | undefined>;
	/** The session cookie of a request that comes back from Xero. */
	browserOf(request: Request): string | undefined;
	/** Whether whoever began a consent on a page may still end it. */
	readonly checkStarter: CheckStarter;
	/** Writes into the audit log who connected what. */
	connectFinished(outcome: ConnectOutcome, browser: string | undefined): Promise<void>;
	/** Ends the pages that stay open, so that the server can close. */
	close(): void;
}

/** The longest form holds a list of scopes. */
const MAX_FORM = '64kb';

/** Everything below these belongs to programs: an unknown address there is not the portal's. */
const NOT_PAGES = /^\/(?:api|webhooks|oauth|connect|healthz|readyz|metrics)(?:\/|$)/;

const leaveToPrograms: RequestHandler = (request, _response, next) => {
	if (NOT_PAGES.test(request.path)) next('router');
	else next();
};

/** The pages that people see. Mounted last: whatever it does not know stays unknown. */
export function createPortal(deps: PortalDeps): Portal {
	const { db, keyRing, now, audit, noteChange, tellPerson, oidc, alerts, workspaces, publicUrl } =
		deps;
	const cookies = createPortalCookies(publicUrl);
	const steps = createSignInSteps({ db, keyRing, now });
	const passkeyStore = createPasskeyStore({ db, now });
	const access = {
		users: createUserStore({ db, now }),
		sessions: createSessionStore({ db, now }),
		factors: createSecondFactors({ db, keyRing, now }),
		passkeys: createPasskeys({ store: passkeyStore, steps, publicUrl }),
		tries: createSignInTries({ db, now }),
		oidcName: oidc?.name,
		now,
	};
	const context: PortalContext = {
		...access,
		confirmAnew: createConfirmAnew(access),
		confirmFirst: createConfirmFirst(now),
		limitOpenings: createLimitOpenings(createSignInTries({ db, now, limits: OPENING_LIMITS })),
		steps,
		passkeyStore,
		links: createJoinLinks({ db, now }),
		browsers: createKnownBrowsers({ db, now }),
		audit,
		noteChange,
		tellPerson,
		takesPasswords: deps.takesPasswords,
		alerts,
		cookies,
		workspaces,
		publicUrl,
	};
	const visitors = { ...context };
	const stopping = new AbortController();

	const pages = Router();
	pages.use(sameHost(publicUrl), recogniseVisitor(visitors));
	pages.post('/w/:slug/links/import', readLongForm());
	pages.post(/.*/, express.urlencoded({ extended: false, limit: MAX_FORM }), requireFormToken);
	pages.use(createDoorRoutes(context), createJoinRoutes(context));
	if (oidc !== undefined) {
		const provider = createOidcProvider(oidc, `${publicUrl}/sign-in/oidc/callback`, now);
		pages.use(createOidcRoutes(context, { config: oidc, provider, onFault: deps.onFault }));
	}
	pages.get('/w/:slug/activity/stream', endStreamOfStranger);
	pages.use(requireSignIn);
	if (deps.requiresSecondFactor) pages.use(requireSecondFactor(access.factors));
	pages.use('/w/:slug', findPageWorkspace(visitors));
	pages.use(
		createDashboardRoutes({ ...context, ...deps }),
		createAgencyRoutes(deps),
		createMarkRoutes(deps),
		createPeopleRoutes(context),
		createAdminKeyRoutes(deps, context),
		createAccountRoutes(context),
		createSecondFactorRoutes(context),
		createAuditRoutes(context),
		createWorkspacePages(deps, context, stopping.signal),
	);
	pages.use(unknownPage, createErrorPage(deps));

	const routes = Router();
	routes.use(createAssetRoutes());
	routes.use(leaveToPrograms, pages);
	return {
		routes,
		newSetUpLink: () => makeSetUpLink({ ...context, by: 'the hub, as it started' }),
		browserOf: (request) => cookies.session.read(request),
		checkStarter: createCheckStarter(context),
		connectFinished: createNoteConnected(context),
		close: () => stopping.abort(),
	};
}

/**
 * The hub says that it listens on 127.0.0.1, and Xero lets only `localhost` be registered: a session
 * begun on the one would be missing on the other. Behind a proxy the host says nothing.
 */
function sameHost(publicUrl: string): RequestHandler {
	const { hostname, port, origin } = new URL(publicUrl);
	return function redirectLoopback(request, response, next) {
		const isLoopback = request.hostname === '127.0.0.1' || request.hostname === '[::1]';
		const samePort = (request.get('host') ?? '').endsWith(`:${port}`);
		if (request.method === 'GET' && hostname === 'localhost' && isLoopback && samePort) {
			response.redirect(302, origin + request.originalUrl);
		} else next();
	};
}

const unknownPage: RequestHandler = (request, response) => {
	showPage(
		response,
		messagePage,
		{ title: 'Nothing here', status: 404 },
		{
			message: `There is no page at ${request.path}.`,
			link: { href: '/', label: 'Go to your workspaces' },
		},
	);
};

/** What went wrong, as a page: the hub's refusals in their own words, its faults in one sentence. */
function createErrorPage(deps: Pick<PortalDeps, 'onFault'>): ErrorRequestHandler {
	return function errorPage(cause: unknown, _request, response, next) {
		if (response.headersSent) {
			next(cause);
			return;
		}
		const refusal = cause instanceof HubError ? cause : undefined;
		const given = (cause as { readonly status?: unknown } | null)?.status;
		const status = refusal?.status ?? (typeof given === 'number' ? given : 500);
		if (status >= 500 && refusal === undefined) deps.onFault(cause);
		// The database may be what failed, so perhaps nobody was recognised.
		if (visitOf(response) === undefined) {
			setVisit(response, { user: undefined, session: undefined, cookie: '' });
		}
		const workspace = pageWorkspaceIfAny(response);
		showPage(
			response,
			messagePage,
			{ title: titleOf(status), status, ...(workspace && { workspace }) },
			{
				message:
					refusal?.message ?? SENTENCES[status] ?? 'The hub could not do this. Its log says why.',
				link: wayOn(workspace, refusal?.code),
			},
		);
	};
}

/** Where it can be mended, or at least back to where the person was. */
function wayOn(workspace: Workspace | undefined, code: string | undefined) {
	if (workspace === undefined) return { href: '/', label: 'Go to your workspaces' };
	const at = `/w/${workspace.slug}`;
	const [page = '', label = `Go to ${workspace.name}`] = WAYS[code ?? ''] ?? [];
	return { href: at + page, label };
}

const TO_ORGANISATIONS = ['/organisations', 'Go to the organisations'] as const;
const TO_APP_KEYS = ['/app-keys', 'Go to the app keys'] as const;

const WAYS: Readonly<Record<string, readonly [page: string, label: string]>> = {
	connection_cap: TO_ORGANISATIONS,
	reauth_required: TO_ORGANISATIONS,
	connection_disabled: TO_ORGANISATIONS,
	app_keys_missing: TO_APP_KEYS,
	app_keys_refused: TO_APP_KEYS,
	unknown_tier: TO_APP_KEYS,
};

const SENTENCES: Readonly<Record<number, string>> = {
	400: 'The address or the form cannot be read.',
	413: 'The form is too long.',
};

function titleOf(status: number): string {
	if (status === 404) return 'Nothing here';
	if (status === 403) return 'Not allowed';
	return status < 500 ? 'That did not work' : 'Something went wrong';
}
