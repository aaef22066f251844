import type { RequestHandler } from 'express';
import type { AlertLedger } from '../../alerts/alertLedger';
import { isFormToken } from '../access/formToken';
import { isAllowed, seesWorkspace, type Permission } from '../access/permissions';
import type { SessionStore } from '../access/sessionStore';
import { newToken } from '../access/token';
import type { UserStore } from '../access/userStore';
import { NotFoundError } from '../../errors/requestErrors';
import type { WorkspaceStore } from '../../workspaces/workspaceStore';
import type { PortalCookies } from './portalCookies';
import { FormExpiredError, NotAllowedError } from './portalErrors';
import { pageWorkspaceIfAny, setPageWorkspace, setVisit, userOf, visitOf } from './visit';

export interface VisitorsDeps {
	readonly cookies: PortalCookies;
	readonly sessions: Pick<SessionStore, 'find'>;
	readonly users: Pick<UserStore, 'get'>;
	readonly workspaces: Pick<WorkspaceStore, 'get'>;
	readonly alerts: Pick<AlertLedger, 'listOpen'>;
}

/** Recognises the browser; gives one that is new the cookie that its forms are bound to. */
export function recogniseVisitor({ cookies, sessions, users }: VisitorsDeps): RequestHandler {
	return async function recognise(request, response, next) {
		const cookie = cookies.session.read(request);
		const session = cookie === undefined ? undefined : await sessions.find(cookie);
		if (cookie !== undefined && session !== undefined) {
			setVisit(response, { user: await users.get(session.userId), session, cookie });
		} else {
			if (cookie !== undefined) cookies.session.clear(response);
			let visitor = cookies.visitor.read(request);
			if (visitor === undefined) {
				visitor = newToken();
				cookies.visitor.set(response, visitor);
			}
			setVisit(response, { user: undefined, session: undefined, cookie: visitor });
		}
		next();
	};
}

/** Lets a form pass that comes from one of the portal's own pages in this browser. */
export const requireFormToken: RequestHandler = (request, response, next) => {
	const site = request.get('sec-fetch-site');
	const isForeign = site !== undefined && site !== 'same-origin';
	const { formToken } = (request.body ?? {}) as { formToken?: unknown };
	if (isForeign || !isFormToken(formToken, visitOf(response).cookie)) throw new FormExpiredError();
	next();
};

/** Sends whoever is not signed in to the sign-in page, and back afterwards. */
export const requireSignIn: RequestHandler = (request, response, next) => {
	if (visitOf(response).user !== undefined) {
		next();
		return;
	}
	const { originalUrl } = request;
	const back = request.method === 'GET' && originalUrl !== '/' ? originalUrl : undefined;
	const query = back === undefined ? '' : `?next=${encodeURIComponent(back)}`;
	response.redirect(303, `/sign-in${query}`);
};

const WHO: Readonly<Record<Permission, string>> = {
	view: 'people with access',
	connect: 'owners and connectors',
	administer: 'owners',
};

/** In the workspace that the page is about, where it is about one. */
export function requirePermission(permission: Permission): RequestHandler {
	return function permitted(_request, response, next) {
		const workspace = pageWorkspaceIfAny(response);
		if (!isAllowed(userOf(response), permission, workspace?.id))
			throw new NotAllowedError(WHO[permission]);
		next();
	};
}

/** Finds the workspace of `/w/{slug}…`. One that the person may not see looks like none. */
export function findPageWorkspace({
	workspaces,
	alerts,
}: VisitorsDeps): RequestHandler<{ slug: string }> {
	return async function findWorkspace(request, response, next) {
		const { slug } = request.params;
		const workspace = await workspaces.get(slug);
		if (!seesWorkspace(userOf(response), workspace.id)) {
			throw new NotFoundError(`There is no workspace "${slug}".`);
		}
		setPageWorkspace(response, workspace, (await alerts.listOpen(workspace.id)).length);
		next();
	};
}
