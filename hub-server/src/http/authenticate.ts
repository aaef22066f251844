import type { Request, RequestHandler, Response } from 'express';
import { ForbiddenError, UnauthenticatedError } from '../errors/requestErrors';
import type { AdminKeyStore } from '../workspaces/adminKeyStore';
import type { ApiKeyStore } from '../workspaces/apiKeyStore';
import type { WorkspaceStore } from '../workspaces/workspaceStore';

/** The workspace that an authenticated request is about, in `response.locals.workspace`. */
export interface RequestWorkspace {
	readonly id: string;
	readonly slug: string;
	readonly name: string;
}

export interface AuthenticateDeps {
	readonly adminKeys: Pick<AdminKeyStore, 'isValid'>;
	readonly apiKeys: Pick<ApiKeyStore, 'workspaceOf'>;
	readonly workspaces: Pick<WorkspaceStore, 'get'>;
}

/** Lets only the operator's `xha_…` key pass. */
export function requireAdmin({ adminKeys }: AuthenticateDeps): RequestHandler {
	return async function adminOnly(request, _response, next) {
		const key = bearerKey(request);
		if (key.startsWith('xhk_')) {
			throw new ForbiddenError('This needs an admin key (xha_…), and an API key was shown.');
		}
		if (!(await adminKeys.isValid(key))) throw new UnauthenticatedError(UNKNOWN_KEY);
		next();
	};
}

/**
 * Lets a workspace's `xhk_…` key pass, or an admin key that names the workspace in `X-Workspace`.
 */
export function requireWorkspace(deps: AuthenticateDeps): RequestHandler {
	return async function workspaceOnly(request, response, next) {
		const key = bearerKey(request);
		if (key.startsWith('xha_')) {
			if (!(await deps.adminKeys.isValid(key))) throw new UnauthenticatedError(UNKNOWN_KEY);
			const slug = request.get('x-workspace');
			if (!slug) {
				throw new ForbiddenError(
					'An admin key must say which workspace is meant: send its slug as X-Workspace.',
				);
			}
			const { id, name } = await deps.workspaces.get(slug);
			setWorkspace(response, { id, slug, name });
		} else {
			const workspace = await deps.apiKeys.workspaceOf(key);
			if (!workspace) throw new UnauthenticatedError(UNKNOWN_KEY);
			setWorkspace(response, workspace);
		}
		next();
	};
}

/** The workspace that {@link requireWorkspace} let in. */
export function workspaceOf(response: Response): RequestWorkspace {
	return (response.locals as { workspace: RequestWorkspace }).workspace;
}

function setWorkspace(response: Response, workspace: RequestWorkspace): void {
	(response.locals as { workspace: RequestWorkspace }).workspace = workspace;
}

const UNKNOWN_KEY = 'The key is unknown or was revoked. Create one for the workspace and use that.';

function bearerKey(request: Request): string {
	const key = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
	if (key === undefined) {
		throw new UnauthenticatedError('Send the key as "Authorization: Bearer xhk_…".');
	}
	return key;
}
