import type { Request, RequestHandler, Response } from 'express';
import { ForbiddenError, UnauthenticatedError } from '../errors/requestErrors';
import type { AdminKeyOwner, AdminKeyStore } from '../workspaces/adminKeyStore';
import type { ApiKeyStore } from '../workspaces/apiKeyStore';
import type { WorkspaceStore } from '../workspaces/workspaceStore';
import {
	KeyExpiredError,
	OrganisationNotAllowedError,
	ScopeMissingError,
} from '../errors/keyErrors';
import type { KeyScope } from '../workspaces/keyScopes';
import { clientNetwork } from './clientNetwork';
import type { KeyNeeds } from './HttpCall';
import { keyOrganisations, type KeyOrganisations } from './KeyOrganisations';
import type { RequestLimits } from './requestLimits';

/** The workspace that an authenticated request is about, in `response.locals.workspace`. */
export interface RequestWorkspace {
	readonly id: string;
	readonly slug: string;
	readonly name: string;
}

export interface AuthenticateDeps {
	readonly adminKeys: Pick<AdminKeyStore, 'ownerOf'>;
	readonly apiKeys: Pick<ApiKeyStore, 'workspaceOf'>;
	readonly workspaces: Pick<WorkspaceStore, 'get'>;
	readonly limits: RequestLimits;
}

/** Lets only the operator's `xha_…` key pass. */
export function requireAdmin({ adminKeys, limits }: AuthenticateDeps): RequestHandler {
	return async function adminOnly(request, response, next) {
		const key = bearerKey(request);
		if (key.startsWith('xhk_')) {
			throw new ForbiddenError('This needs an admin key (xha_…), and an API key was shown.');
		}
		admitAdmin(response, await requireRight(request, key, limits, () => adminKeys.ownerOf(key)));
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
			admitAdmin(
				response,
				await requireRight(request, key, deps.limits, () => deps.adminKeys.ownerOf(key)),
			);
			const slug = request.get('x-workspace');
			if (!slug) {
				throw new ForbiddenError(
					'An admin key must say which workspace is meant: send its slug as X-Workspace.',
				);
			}
			const { id, name } = await deps.workspaces.get(slug);
			admit(response, { id, slug, name }, 'admin');
		} else {
			const found = await requireRight(request, key, deps.limits, () =>
				deps.apiKeys.workspaceOf(key),
			);
			deps.limits.countCall(found.keyId);
			const { keyId, keyName, scopes, tenantIds, expiredAt, id, slug, name } = found;
			if (expiredAt !== undefined) throw new KeyExpiredError(`API key “${keyName}”`, expiredAt);
			admit(response, { id, slug, name }, keyId);
			const apiKey: ShownKey = { id: keyId, name: keyName, scopes };
			Object.assign(response.locals, { apiKey, organisations: keyOrganisations(tenantIds) });
		}
		next();
	};
}

/** Of the API key that {@link requireWorkspace} let in. An admin key may do everything. */
export function requireNeeds({ scope, organisations }: KeyNeeds): RequestHandler {
	return function needed(request, response, next) {
		const key = apiKeyOf(response);
		if (key !== undefined && scope !== 'any' && !key.scopes.includes(scope)) {
			throw new ScopeMissingError(key.name, scope);
		}
		const allowed = organisationsOf(response);
		if (organisations === 'path') allowed.require(String(request.params['tenantId']));
		if (organisations === 'all' && allowed.only !== undefined) {
			throw new OrganisationNotAllowedError('all organisations');
		}
		next();
	};
}

/** The workspace that {@link requireWorkspace} let in. */
export function workspaceOf(response: Response): RequestWorkspace {
	return (response.locals as { workspace: RequestWorkspace }).workspace;
}

/** The id of the API key that was shown, or "admin". */
export function callerOf(response: Response): string {
	return (response.locals as { caller?: string }).caller ?? '';
}

/** The API key that was shown; undefined where an admin key was. */
export function apiKeyOf(response: Response): ShownKey | undefined {
	return (response.locals as { readonly apiKey?: ShownKey }).apiKey;
}

/** Those that the key is for that was shown: of an admin key, all. */
export function organisationsOf(response: Response): KeyOrganisations {
	const { organisations } = response.locals as { readonly organisations?: KeyOrganisations };
	return organisations ?? ALL_ORGANISATIONS;
}

const ALL_ORGANISATIONS = keyOrganisations(undefined);

export interface ShownKey {
	readonly id: string;
	readonly name: string;
	readonly scopes: readonly KeyScope[];
}

/** The admin key that was shown; undefined where an API key was. */
export function adminKeyOf(response: Response): Pick<AdminKeyOwner, 'id' | 'name'> | undefined {
	return (response.locals as { readonly adminKey?: AdminKeyOwner }).adminKey;
}

/** @throws KeyExpiredError */
function admitAdmin(response: Response, adminKey: AdminKeyOwner): void {
	const { name, expiredAt } = adminKey;
	if (expiredAt !== undefined) throw new KeyExpiredError(`admin key “${name}”`, expiredAt);
	Object.assign(response.locals, { adminKey });
}

function admit(response: Response, workspace: RequestWorkspace, caller: string): void {
	Object.assign(response.locals, { workspace, caller });
}

/**
 * @param find falsy for a key that is not known
 * @throws UnauthenticatedError, and TooManyRequestsError to whoever guesses
 */
async function requireRight<Found>(
	request: Request,
	key: string,
	limits: RequestLimits,
	find: () => Promise<Found | undefined>,
): Promise<NonNullable<Found>> {
	const address = clientNetwork(request);
	limits.requireTry(address, key);
	const found = await find();
	if (!found) {
		limits.countWrongKey(address);
		throw new UnauthenticatedError(
			'The key is unknown or was revoked. Create one for the workspace and use that.',
		);
	}
	limits.noteRightKey(address, key);
	return found;
}

function bearerKey(request: Request): string {
	const key = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
	if (key === undefined) {
		throw new UnauthenticatedError('Send the key as "Authorization: Bearer xhk_…".');
	}
	return key;
}
