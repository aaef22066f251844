import type { Request, Response } from 'express';
import { NotFoundError, QuotaReachedError, TooManyRequestsError } from '../errors/requestErrors';
import { clientNetwork } from '../http/clientNetwork';
import { defineRawCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import type { RequestLimits } from '../http/requestLimits';
import { AppKeysMissingError, ConnectionCapError } from '../errors/xeroErrors';
import type { ConnectFailure, ConnectOutcome } from '../connect/connectOutcome';
import type { ConnectLinks } from '../connect/connectLinks';
import type { ConnectTies } from '../connect/connectStates';
import { connectPage } from '../connect/connectPage';
import { PAGE_CONTENT_SECURITY_POLICY } from '../connect/htmlPage';
import type { FinishConnect } from '../connect/finishConnect';
import type { StartConnect } from '../connect/startConnect';

export interface ConnectFlowCallsDeps {
	/** @throws NotFoundError */
	readonly findWorkspace: (
		slug: string,
	) => Promise<{ readonly id: string; readonly connectLink: boolean }>;
	readonly connectLinks: Pick<ConnectLinks, 'find'>;
	readonly limits: Pick<RequestLimits, 'countConnectStart'>;
	readonly startConnect: StartConnect;
	readonly finishConnect: FinishConnect;
	/** The session cookie of a browser that is signed in to the portal. */
	readonly browserOf?: (request: Request) => string | undefined;
	/** Told of every consent that came to an end, before the browser is. */
	readonly onFinished?: (outcome: ConnectOutcome, browser?: string) => Promise<void>;
}

/** The two addresses that a person's browser visits; what goes wrong is shown as a page. */
export function createConnectFlowCalls(deps: ConnectFlowCallsDeps) {
	const { findWorkspace, connectLinks, limits, startConnect } = deps;
	const { finishConnect, browserOf, onFinished } = deps;

	/** @param ties undefined: the link begins nothing, and the page says so */
	async function begin(
		request: Request,
		response: Response,
		slug: string,
		tiesOf: (workspace: {
			readonly id: string;
			readonly connectLink: boolean;
		}) => Promise<ConnectTies | LinkRefusal>,
	): Promise<void> {
		try {
			limits.countConnectStart(clientNetwork(request));
			const workspace = await findWorkspace(slug);
			const ties = await tiesOf(workspace);
			if (typeof ties === 'string') show(response, failed(ties));
			else
				response
					.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' })
					.redirect(await startConnect(workspace, ties));
		} catch (cause) {
			if (cause instanceof NotFoundError) show(response, failed('workspace_unknown'));
			else if (cause instanceof AppKeysMissingError) show(response, failed('app_keys_missing'));
			else if (cause instanceof ConnectionCapError || cause instanceof QuotaReachedError)
				show(response, { ...failed('connection_cap'), detail: cause.message });
			else if (cause instanceof TooManyRequestsError)
				show(response.set(cause.headers), { ...failed('too_often'), detail: cause.message });
			else throw cause;
		}
	}

	return groupCalls('For browsers', [
		defineRawCall({
			method: 'get',
			path: '/connect/{slug}',
			access: 'public',
			summary: 'The old public link: sends a browser to Xero’s consent',
			description:
				'Only of workspaces that had one before connect links were made by people. What goes wrong is a page. 20 at once from a network, then one each 5 s.',
			status: 302,
			refusals: { 403: 'There is no such link', 429: 'Too many came from this network' },
			respond: (request, response, { params }) =>
				begin(request, response, params.slug, async ({ connectLink }) =>
					connectLink ? { startedBy: 'connect link' } : 'connect_link_off',
				),
		}),
		defineRawCall({
			method: 'get',
			path: '/connect/{slug}/{token}',
			access: 'public',
			summary: 'A connect link: sends a browser to Xero’s consent',
			description:
				'For people: what goes wrong is a page. 20 at once from a network, then one each 5 s.',
			status: 302,
			refusals: { 410: 'The link has ended', 429: 'Too many came from this network' },
			respond: (request, response, { params }) =>
				begin(request, response, params.slug, async ({ id }) => {
					const link = await connectLinks.find(id, params.token);
					if (link?.state !== 'open') return 'connect_link_ended';
					const { id: linkId, onConnect, madeBy } = link;
					return { startedBy: `connect link of ${madeBy}`, linkId, onConnect };
				}),
		}),
		defineRawCall({
			method: 'get',
			path: '/oauth/callback',
			access: 'public',
			summary: 'Where Xero sends the browser back to',
			status: 200,
			answer: 'text/html',
			async respond(request, response) {
				const browser = browserOf?.(request);
				const query = new URL(request.originalUrl, 'http://hub').searchParams;
				const outcome = await finishConnect(query, browser);
				await onFinished?.(outcome, browser);
				if (outcome.returnTo !== undefined) {
					response
						.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' })
						.redirect(303, outcome.returnTo);
				} else if (outcome.kind === 'connected' && outcome.fromPortal) {
					const chosen = outcome.chosen.map(({ tenantId }) => tenantId).join(',');
					response
						.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' })
						.redirect(
							303,
							outcome.replacing.length > 0
								? `/w/${outcome.workspaceSlug}/organisations?done=replacement_waits`
								: `/w/${outcome.workspaceSlug}/connected?chosen=${chosen}`,
						);
				} else show(response, outcome);
			},
		}),
	]);
}

type LinkRefusal = 'connect_link_off' | 'connect_link_ended';

function failed(
	reason: LinkRefusal | 'workspace_unknown' | 'too_often' | 'app_keys_missing' | 'connection_cap',
): ConnectFailure {
	return { kind: 'failed', reason };
}

/** The address may still hold a code: it must reach neither a cache nor the next page. */
function show(response: Response, outcome: ConnectOutcome): void {
	const { status, html } = connectPage(outcome);
	response
		.status(status)
		.set({
			'Content-Security-Policy': PAGE_CONTENT_SECURITY_POLICY,
			'Cache-Control': 'no-store',
			'Referrer-Policy': 'no-referrer',
		})
		.type('html')
		.send(html);
}
