import type { Request, RequestHandler, Response } from 'express';
import type { RequestWorkspace } from '../../http/authenticate';
import { clientNetwork } from '../../http/clientNetwork';
import type { AuditLog, NewAuditEntry } from './auditLog';

/**
 * Writes every change that is made over the API into the audit log, before the caller is told that it
 * was made. What workflows do with their data, such as calls to Xero, is no change to the hub.
 *
 * @param onFault the change was made and could not be written down
 */
export function auditApiChanges(
	audit: Pick<AuditLog, 'append'>,
	onFault: (cause: unknown) => void,
): RequestHandler {
	return function auditChange(request, response, next) {
		const { method, path } = request;
		if (method === 'GET' || method === 'HEAD' || NOT_AUDITED.test(path)) {
			next();
			return;
		}
		const send = response.end.bind(response) as (...rest: unknown[]) => Response;
		response.end = function endAudited(...rest: unknown[]) {
			if (response.statusCode >= 400) return send(...rest);
			audit
				.append(entryOf(request, response, path))
				.catch(onFault)
				.finally(() => send(...rest));
			return response;
		} as typeof response.end;
		next();
	};
}

const NOT_AUDITED = /^\/(?:xero|mappings|links)\/|\/(?:receipt|test)$/;

/** By method and path; `*` stands for one part. */
const ACTIONS: Readonly<Record<string, string>> = {
	'POST /workspaces': 'workspace.created',
	'PATCH /workspaces/*': 'workspace.changed',
	'DELETE /workspaces/*': 'workspace.removed',
	'PUT /workspaces/*/app-keys': 'app_keys.saved',
	'POST /workspaces/*/connect': 'organisation.connect_started',
	'POST /workspaces/*/api-keys': 'api_key.created',
	'POST /workspaces/*/api-keys/*/rotate': 'api_key.rotated',
	'DELETE /workspaces/*/api-keys/*': 'api_key.revoked',
	'PATCH /connections/*': 'organisation.changed',
	'DELETE /connections/*': 'organisation.removed',
	'POST /connections/*/reconnect': 'organisation.reconnect_started',
	'POST /subscriptions': 'subscription.saved',
	'DELETE /subscriptions/*': 'subscription.removed',
	'POST /subscriptions/*/rotate-secret': 'subscription.secret_rotated',
	'POST /deliveries/*/replay': 'delivery.replayed',
	'POST /replays': 'deliveries.replayed',
};

function entryOf(request: Request, response: Response, path: string): NewAuditEntry {
	const [, collection, one] = path.split('/');
	const { workspace } = response.locals as { readonly workspace?: RequestWorkspace };
	const isAdmin = (request.get('authorization') ?? '').includes('xha_');
	const { name } = (request.body ?? {}) as { readonly name?: unknown };
	return {
		actor: isAdmin ? 'admin key' : `API key of ${workspace?.slug ?? 'a workspace'}`,
		workspace: workspace?.slug ?? (collection === 'workspaces' ? one : undefined),
		action: ACTIONS[`${request.method} ${shapeOf(path)}`] ?? 'api.change',
		detail: {
			call: `${request.method} /api/v1${path}`,
			from: clientNetwork(request),
			...(typeof name === 'string' && { name: name.slice(0, 200) }),
		},
	};
}

/** Every second part of a path is a name: `/workspaces/acme` has the shape of `/workspaces/beta`. */
function shapeOf(path: string): string {
	return path
		.replace(/\/$/, '')
		.split('/')
		.map((part, index) => (index > 0 && index % 2 === 0 ? '*' : part))
		.join('/');
}
