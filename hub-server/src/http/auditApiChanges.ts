import type { Request, RequestHandler, Response } from 'express';
import type { Clock } from '../clock';
import { auditDetailOf } from './auditDetail';
import { apiKeyOf, type RequestWorkspace } from './authenticate';
import { ADMIN, callerName } from './callerName';
import { clientNetwork } from './clientNetwork';
import { auditedAction } from './auditedCalls';
import type { AuditLog, NewAuditEntry } from '../audit/auditLog';
import { HOUR_MS, oncePer } from '../audit/oncePer';

/**
 * Writes every change that is made over the API into the audit log, before the caller is told that it
 * was made, and that secrets were read. What workflows do with their data, such as calls to Xero, is no
 * change to the hub. An API key that reads the token of an organisation is written down once an hour.
 */
export function auditApiChanges(deps: {
	readonly audit: Pick<AuditLog, 'append'>;
	readonly now: Clock;
	/** The change was made and could not be written down. */
	onFault(cause: unknown): void;
}): RequestHandler {
	const isFirstThisHour = oncePer(HOUR_MS, deps.now);

	/** Whoever has the admin key is written down each time. */
	function isRepeated({ actor, action, detail }: NewAuditEntry, { method }: Request): boolean {
		if (method !== 'GET' || actor === ADMIN) return false;
		return !isFirstThisHour(JSON.stringify([actor, action, detail?.['call']]));
	}

	return function auditChange(request, response, next) {
		const { path } = request;
		const action = auditedAction(request.method, path);
		if (action === undefined) {
			next();
			return;
		}
		const send = response.end.bind(response) as (...rest: unknown[]) => Response;
		response.end = function endAudited(...rest: unknown[]) {
			if (response.statusCode >= 400) return send(...rest);
			const entry = entryOf(request, response, path, action);
			if (isRepeated(entry, request)) return send(...rest);
			deps.audit
				.append(entry)
				.catch((cause: unknown) => deps.onFault(cause))
				.finally(() => send(...rest));
			return response;
		} as typeof response.end;
		next();
	};
}

function entryOf(
	request: Request,
	response: Response,
	path: string,
	action: string,
): NewAuditEntry {
	const [, collection, one] = path.split('/');
	const { workspace } = response.locals as { readonly workspace?: RequestWorkspace };
	const key = apiKeyOf(response);
	const { name } = (request.body ?? {}) as { readonly name?: unknown };
	return {
		actor: callerName(response, workspace?.slug),
		workspace: workspace?.slug ?? (collection === 'workspaces' ? one : undefined),
		action,
		detail: {
			call: `${request.method} /api/v1${path}`,
			from: clientNetwork(request),
			...(key && { key: key.id }),
			...(typeof name === 'string' && { name: name.slice(0, 200) }),
			...auditDetailOf(response),
		},
	};
}
