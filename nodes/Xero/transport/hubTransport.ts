import { explainReply } from '../errors/explainReply';
import { refuse, success } from '../errors/failure';
import { exchange } from './exchange';
import { hubRequest } from './hubRequest';
import type { RequestContext } from './RequestContext';
import { requestHeaders, wantsBytes } from './requestHeaders';
import type { Organisation, XeroTransport } from './XeroTransport';

export const HUB_CREDENTIAL = 'xeroHubApi';

/** Through the hub, which holds the tokens and paces all workflows together. */
export function hubTransport(context: RequestContext): XeroTransport {
	return {
		route: 'hub',

		async send(request) {
			return await exchange(
				context,
				HUB_CREDENTIAL,
				await hubRequest(context, {
					method: request.method,
					path: `xero/${encodeURIComponent(request.tenantId)}/${request.path}`,
					query: request.query,
					headers: { ...requestHeaders(request), ...workflowHeader(context) },
					body: request.body,
					wantsBytes: wantsBytes(request),
				}),
			);
		},

		async organisations() {
			const organisations: Organisation[] = [];
			let cursor: string | undefined;
			do {
				const reply = await exchange(
					context,
					HUB_CREDENTIAL,
					await hubRequest(context, {
						method: 'GET',
						path: 'connections',
						query: cursor === undefined ? {} : { cursor },
					}),
				);
				const page =
					reply.kind === 'answered' && reply.status === 200 ? readPage(reply.body) : undefined;
				if (page === undefined)
					return refuse(explainReply(reply, { route: 'hub', nowMs: Date.now() }).failure);
				organisations.push(...page.organisations);
				cursor = page.nextCursor;
			} while (cursor !== undefined);
			return success(organisations);
		},
	};
}

/** Workflows that share an API key take turns at the hub; unsaved ones have no id yet. */
function workflowHeader(context: RequestContext): Record<string, string> {
	const { id } = context.getWorkflow();
	return id === undefined || id === '' ? {} : { 'X-Workflow': id };
}

interface ConnectionPage {
	readonly organisations: readonly Organisation[];
	readonly nextCursor?: string;
}

function readPage(body: unknown): ConnectionPage | undefined {
	const { items, nextCursor } = (body ?? {}) as { items?: unknown; nextCursor?: unknown };
	if (!Array.isArray(items)) return undefined;
	return {
		organisations: items.flatMap(readConnection),
		nextCursor: typeof nextCursor === 'string' && nextCursor !== '' ? nextCursor : undefined,
	};
}

/** Practices have no books, and a connection that is switched off in the hub cannot be called. */
function readConnection(item: Record<string, unknown>): Organisation[] {
	const { tenantType = 'ORGANISATION', enabled } = item;
	if (enabled === false || tenantType !== 'ORGANISATION') return [];
	const tenantId = String(item.tenantId);
	return [{ tenantId, name: String(item.tenantName ?? item.name ?? tenantId) }];
}
