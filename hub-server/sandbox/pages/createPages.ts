import type { OrganisationApis } from '../apis/createOrganisationApis';
import type { SandboxContext } from '../context/SandboxContext';
import { matchPath } from '../http/matchPath';
import { escapeHtml, page } from '../http/page';
import { html, type Reply } from '../http/Reply';
import type { SandboxRequest } from '../http/SandboxRequest';
import type { RequestLog } from '../http/RequestLog';
import type { WebhookSender } from '../webhooks/createWebhookSender';
import type { Organisation } from '../world/World';
import { contactPages } from './contactPages';
import { faultPages } from './faultPages';
import { invoicePages } from './invoicePages';
import { landingPages } from './landingPages';
import { limitPages } from './limitPages';
import { listPages } from './listPages';
import { requestPages } from './requestPages';
import { webhookPages } from './webhookPages';

export interface PagesDeps {
	readonly context: SandboxContext;
	readonly apis: Pick<OrganisationApis, 'byPerson'>;
	/** `/_sandbox/…` */
	readonly control: (request: SandboxRequest) => Promise<Reply>;
	readonly sender: WebhookSender;
	readonly requests: RequestLog;
}

/** One page, or what a form of one does. */
export interface PageRoute {
	readonly method: 'GET' | 'POST';
	readonly path: string;
	show(request: SandboxRequest, params: Readonly<Record<string, string>>): Reply | Promise<Reply>;
}

export interface Pages {
	/** Whether people look there: nothing of Xero's is at such a path. */
	has(path: string): boolean;
	show(request: SandboxRequest): Promise<Reply>;
}

/** Pages for people: the books, the webhooks, and what can be made to go wrong. Plain, and not as Xero's look. */
export function createPages(deps: PagesDeps): Pages {
	const routes: readonly PageRoute[] = [
		...landingPages(deps),
		...invoicePages(deps),
		...contactPages(deps),
		...listPages(deps),
		...webhookPages(deps),
		...faultPages(deps),
		...limitPages(deps),
		...requestPages(deps),
	];
	return {
		has: (path) => routes.some((route) => matchPath(route.path, path) !== undefined),
		async show(request) {
			if (request.method === 'POST' && isForeign(request)) {
				return html(403, page('Not from here', '<p>This form was sent by another site.</p>'));
			}
			for (const route of routes) {
				const params =
					route.method === request.method ? matchPath(route.path, request.path) : undefined;
				if (params !== undefined) return route.show(request, params);
			}
			return html(405, page('Not here', '<p>This page has no such form.</p>'));
		},
	};
}

/** Forms come from these pages alone: any site that a browser shows could send one to an address of this machine. */
function isForeign({ headers, origin }: SandboxRequest): boolean {
	return headers.origin !== undefined && headers.origin !== origin;
}

/** The organisation of an address, or the page that says there is none. */
export function inOrganisation(
	{ context }: Pick<PagesDeps, 'context'>,
	show: (
		organisation: Organisation,
		request: SandboxRequest,
		params: Readonly<Record<string, string>>,
	) => Reply,
): PageRoute['show'] {
	return (request, params) => {
		const organisation = context.world.organisations.get(params['tenantId'] ?? '');
		if (organisation !== undefined) return show(organisation, request, params);
		return html(
			404,
			page('No such organisation', '<p><a href="/">All organisations</a></p>', 'wide'),
		);
	};
}

/** What a form says. */
export function formOf({ body }: SandboxRequest): URLSearchParams {
	return new URLSearchParams(body.toString());
}

/** A button that is a form of its own. */
export function button(action: string, label: string, of: string, isPrimary = false): string {
	return `<form class="inline" method="post" action="${escapeHtml(action)}"><button${isPrimary ? ' class="primary"' : ''} aria-label="${escapeHtml(`${label} ${of}`)}">${escapeHtml(label)}</button></form>`;
}
