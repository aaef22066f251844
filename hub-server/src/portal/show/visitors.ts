import type { RequestHandler } from 'express';
import { isFormToken } from '../access/formToken';
import { isAllowed, seesWorkspace, type Permission } from '../access/permissions';
import type { SessionStore } from '../access/sessionStore';
import { newToken } from '../access/token';
import type { UserStore } from '../access/userStore';
import { NotFoundError } from '../../errors/requestErrors';
import type { WorkspaceStore } from '../../workspaces/workspaceStore';
import type { PortalCookies } from './portalCookies';
import { FormExpiredError, NotAllowedError } from './portalErrors';
import { setPageWorkspace, setVisit, userOf, visitOf } from './visit';

export interface VisitorsDeps {
	readonly cookies: PortalCookies;
	readonly sessions: Pick<SessionStore, 'userOf'>;
	readonly users: Pick<UserStore, 'get'>;
	readonly workspaces: Pick<WorkspaceStore, 'get'>;
}

/** Recognises the browser; gives one that is new the cookie that its forms are bound to. */
export function recogniseVisitor({ cookies, sessions, users }: VisitorsDeps): RequestHandler {
	return async function recognise(request, response, next) {
		const session = cookies.session.read(request);
		const userId = session === undefined ? undefined : await sessions.userOf(session);
		if (session !== undefined && userId !== undefined) {
			setVisit(response, { user: await users.get(userId), cookie: session });
		} else {
			if (session !== undefined) cookies.session.clear(response);
			let visitor = cookies.visitor.read(request);
			if (visitor === undefined) {
				visitor = newToken();
				cookies.visitor.set(response, visitor);
			}
			setVisit(response, { user: undefined, cookie: visitor });
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

export function requirePermission(permission: Permission): RequestHandler {
	return function permitted(_request, response, next) {
		if (!isAllowed(userOf(response), permission)) throw new NotAllowedError(WHO[permission]);
		next();
	};
}

/** Finds the workspace of `/w/{slug}…`. One that the person may not see looks like none. */
export function findPageWorkspace({ workspaces }: VisitorsDeps): RequestHandler<{ slug: string }> {
	return async function findWorkspace(request, response, next) {
		const { slug } = request.params;
		const workspace = await workspaces.get(slug);
		if (!seesWorkspace(userOf(response), workspace.id)) {
			throw new NotFoundError(`There is no workspace "${slug}".`);
		}
		setPageWorkspace(response, workspace);
		next();
	};
}
