import { rememberChanges } from '../accounting/subresource/rememberChanges';
import type { SandboxContext } from '../context/SandboxContext';
import { bodyKind } from '../contract/bodyKind';
import { readBody } from '../contract/readBody';
import { checkScope } from '../gate/checkScope';
import { checkTenant } from '../gate/checkTenant';
import { checkToken } from '../gate/checkToken';
import type { IdempotencyStore } from '../gate/createIdempotencyStore';
import { empty, html, type Reply } from '../http/Reply';
import type { SandboxRequest } from '../http/SandboxRequest';
import type { RateLimiter } from '../limits/createRateLimiter';
import { rateLimited } from '../limits/rateLimited';
import {
	ApiError,
	apiErrorReply,
	notFound,
	UnknownRecordError,
	UnreadableParameterError,
} from '../resource/apiError';
import type { ApiCall, ApiRoute } from '../resource/ApiResource';
import type { TokenSigner } from '../tokens/accessToken';
import { Transaction } from '../world/Transaction';
import type { Organisation, XeroApp } from '../world/World';
import { apiOf, type OrganisationApi } from './apiOf';
import { findRoute, type RouteMatch } from './findRoute';
import { toXml } from './toXml';

/** A call that may go on, or the answer that stops it. */
export type Admission =
	{ readonly refusal: Reply } | { carryOut(request: SandboxRequest): Reply; release(): void };

export interface OrganisationApis {
	/** The checks that need the head of the request only, in Xero's order. */
	admit(request: Omit<SandboxRequest, 'body'>): Admission;
	/**
	 * What somebody does in Xero's own pages: the same rules and events, without an app, its limits and its tokens.
	 *
	 * @param request its path is the API's, such as `/api.xro/2.0/Invoices`
	 */
	byPerson(organisation: Organisation, request: SandboxRequest): Reply;
}

/**
 * The APIs of an organisation. Order of checks: token (401), tenant (403), scope (401), rate limits (429), then
 * the idempotency store, the parsing and the validation.
 */
export function createOrganisationApis(deps: {
	readonly context: SandboxContext;
	readonly signer: TokenSigner;
	readonly limiter: RateLimiter;
	readonly idempotency: IdempotencyStore;
}): OrganisationApis {
	const { context, signer, limiter, idempotency } = deps;

	/** What a write stamps the records with, ahead of the clock. */
	const aheadMs = ({ method }: SandboxRequest) =>
		method === 'GET' ? 0 : context.faults().stampAheadSeconds * 1_000;

	function answer(
		request: SandboxRequest,
		app: XeroApp,
		organisation: Organisation,
		match: RouteMatch,
	): Reply {
		const kept = idempotency.lookUp(app.clientId, request);
		if (kept !== undefined) return kept;

		const transaction = new Transaction();
		const call: ApiCall = {
			context,
			app,
			organisation,
			books: organisation.books,
			request,
			params: match.params,
			transaction,
			nowMs: context.now() + aheadMs(request),
		};
		const reply = attempt(transaction, () => match.route.handle(withReadBody(call, match.route)));
		rememberChanges(call);
		const negotiated = asRequested(request, reply, match.route);
		if (request.method !== 'GET') context.committed(organisation.tenantId, transaction.events);
		if (request.method !== 'GET') idempotency.keep(app.clientId, request, negotiated);
		return negotiated;
	}

	return {
		byPerson(organisation, request) {
			const api = apiOf(request.path);
			const match = api && findRoute(api.resources, request.method, addressOf(api, request));
			if (typeof match !== 'object') return notFound();
			return answer(request, XERO_ITSELF, organisation, match);
		},

		admit(request) {
			const token = checkToken(context, signer, request.headers);
			if ('refusal' in token) return token;
			const { claims } = token;
			const app = context.world.apps.get(claims.client_id) as XeroApp;

			const api = apiOf(request.path);
			const match = api && findRoute(api.resources, request.method, addressOf(api, request));
			const scopes = typeof match === 'object' ? match.scopes : undefined;
			const access = request.method === 'GET' ? 'read' : 'write';
			const scopeRefusal = scopes && checkScope(context, claims, scopes, access);
			const tenant = checkTenant(context, request.headers, claims);

			if (context.faults().tenantBeforeScope && 'refusal' in tenant) return tenant;
			if (scopeRefusal !== undefined) return { refusal: scopeRefusal };
			if ('refusal' in tenant) return tenant;

			const { organisation } = tenant;
			const verdict = limiter.enter({
				clientId: app.clientId,
				tier: app.tier,
				tenantId: organisation.tenantId,
			});
			if (!verdict.ok) return { refusal: rateLimited(context.faults(), verdict) };

			const headers = {
				'x-daylimit-remaining': String(verdict.remaining.day),
				'x-minlimit-remaining': String(verdict.remaining.minute),
				'x-appminlimit-remaining': String(verdict.remaining.appMinute),
			};
			return {
				release: verdict.release,
				carryOut(whole) {
					const reply =
						match === undefined
							? notFound()
							: match === 'wrong method'
								? asRequested(whole, noSuchMethod(api))
								: answer(whole, app, organisation, match);
					return { ...reply, headers: { ...reply.headers, ...headers } };
				},
			};
		},
	};
}

/** In the place of the app, where a person changes something in Xero. */
const XERO_ITSELF: XeroApp = {
	...{ clientId: 'xero', clientSecret: undefined, webhookKey: '', name: 'Xero' },
	...{
		redirectUris: [],
		scopes: undefined,
		tier: 'enterprise',
		legacyScopes: false,
		bankFeeds: true,
	},
	customConnectionTenantId: undefined,
};

/** Below the prefix. Whoever accepts PDF at a document's address wants it printed. */
function addressOf(
	{ prefix }: OrganisationApi,
	{ path, headers }: Pick<SandboxRequest, 'path' | 'headers'>,
): string {
	const address = path.slice(prefix.length);
	const isPrinted = headers.accept === 'application/pdf' && !address.endsWith('/pdf');
	return isPrinted ? `${address}/pdf` : address;
}

/** Of the Accounting API a 501, as recorded by pyxero. */
function noSuchMethod(api: OrganisationApi | undefined): Reply {
	return api?.isAccounting === true
		? apiErrorReply('ApiMethodNotImplementedException', 'The Api Method called is not implemented')
		: empty(405);
}

/** The call with its body read: in JSON, with Xero's names and types. */
function withReadBody(call: ApiCall, { path }: ApiRoute): ApiCall {
	const { request } = call;
	if (request.method === 'GET' || apiOf(request.path)?.isAccounting !== true) return call;
	return { ...call, request: readBody(request, path, call.context.faults()) };
}

function attempt(transaction: Transaction, handle: () => Reply): Reply {
	try {
		return handle();
	} catch (error) {
		transaction.rollbackTo(0);
		if (error instanceof ApiError) return apiErrorReply(error.type, error.message);
		if (error instanceof UnknownRecordError) return notFound();
		if (error instanceof UnreadableParameterError) return html(400, error.message);
		throw error;
	}
}

/** The Accounting API answers XML unless JSON is asked for. */
function asRequested(request: SandboxRequest, reply: Reply, route?: ApiRoute): Reply {
	const accepts = request.headers.accept ?? '';
	const isJson = reply.headers?.['content-type']?.startsWith('application/json') === true;
	if (apiOf(request.path)?.speaksXml !== true) return reply;
	if (!isJson || accepts.includes('json') || typeof reply.body !== 'string') return reply;
	return {
		...reply,
		headers: { ...reply.headers, 'content-type': 'text/xml; charset=utf-8' },
		body: toXml(
			JSON.parse(reply.body) as Readonly<Record<string, unknown>>,
			bodyKind(route?.path ?? '')?.elements.kind,
		),
	};
}
