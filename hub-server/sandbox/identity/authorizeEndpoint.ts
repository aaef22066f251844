import type { SandboxContext } from '../context/SandboxContext';
import { escapeHtml, page } from '../http/page';
import { html, redirect, type Reply } from '../http/Reply';
import type { SandboxRequest } from '../http/SandboxRequest';
import type { Organisation, User } from '../world/World';
import { consent, exceedsConnectionCap } from './consent';
import { readAuthorizeRequest, type AuthorizeRequest } from './readAuthorizeRequest';
import { signIn } from './signIn';

export type AutoConsent = 'first' | 'all';

/** `/identity/connect/authorize`: the page, and what its two buttons send. */
export function authorizeEndpoint(
	context: SandboxContext,
	request: SandboxRequest,
	autoConsent: AutoConsent | undefined,
): Reply {
	const form =
		request.method === 'POST' ? new URLSearchParams(request.body.toString()) : request.query;
	const wish = readAuthorizeRequest(context.world, form);
	if ('error' in wish) return faultPage(wish.error, wish.detail);

	const user = signIn(context, form.get('login_hint'));
	const organisations = [...context.world.organisations.values()];
	if (request.method === 'POST') {
		if (form.get('action') !== 'approve') return back(wish, { error: 'access_denied' });
		const chosen = form.getAll('tenantId').filter((id) => context.world.organisations.has(id));
		if (chosen.length === 0) return consentPage(wish, user, organisations, form);
		return approve(context, wish, user, wish.bulkConnect ? chosen : chosen.slice(0, 1));
	}
	if (autoConsent !== undefined) {
		const chosen = autoConsent === 'all' ? organisations : organisations.slice(0, 1);
		return approve(
			context,
			wish,
			user,
			chosen.map(({ tenantId }) => tenantId),
		);
	}
	return consentPage(wish, user, organisations, form);
}

function approve(
	context: SandboxContext,
	wish: AuthorizeRequest,
	user: User,
	tenantIds: readonly string[],
): Reply {
	if (exceedsConnectionCap(context, wish.app, user.id, tenantIds)) {
		const text = `Sorry! ${wish.app.name} has reached their Xero connection limit and cannot connect any more organisations.`;
		return html(403, page('Connection limit reached', `<p>${escapeHtml(text)}</p>`));
	}
	const code = consent(context, wish, user.id, tenantIds);
	const extras: Readonly<Record<string, string>> = context.faults().extraRedirectParameters
		? { scope: wish.scopes.join(' '), session_state: code.slice(0, 20) }
		: {};
	return back(wish, { code, ...extras });
}

function back(wish: AuthorizeRequest, parameters: Readonly<Record<string, string>>): Reply {
	const target = new URL(wish.redirectUri);
	for (const [name, value] of Object.entries(parameters)) target.searchParams.set(name, value);
	if (wish.state !== undefined) target.searchParams.set('state', wish.state);
	return redirect(target.href);
}

function faultPage(error: string, detail: string): Reply {
	const body = `<p class="error">Error: ${escapeHtml(error)}</p><p>${escapeHtml(detail)}</p>`;
	return html(400, page('Sorry, something went wrong', body));
}

function consentPage(
	wish: AuthorizeRequest,
	user: User,
	organisations: readonly Organisation[],
	form: URLSearchParams,
): Reply {
	const kept = [...form]
		.filter(([name]) => name !== 'tenantId' && name !== 'action')
		.map(
			([name, value]) =>
				`<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
		);
	const choices = organisations.map(
		(organisation, index) =>
			`<label class="choice"><input type="${wish.bulkConnect ? 'checkbox' : 'radio'}" name="tenantId" value="${organisation.tenantId}"${index === 0 ? ' checked' : ''}> <span>${escapeHtml(organisation.name)}</span></label>`,
	);
	const scopes = wish.scopes.map((scope) => `<li><code>${escapeHtml(scope)}</code></li>`);

	return html(
		200,
		page(
			`${wish.app.name} wants access to`,
			`<form method="post" action="/identity/connect/authorize">
			${kept.join('')}
			<fieldset><legend>Select an organisation</legend>${choices.join('')}</fieldset>
			<details><summary>Permissions asked for</summary><ul>${scopes.join('')}</ul></details>
			<p class="muted">Signed in as ${escapeHtml(user.email)} in the sandbox.</p>
			<p class="buttons"><button name="action" value="approve" class="primary">Allow access</button>
			<button name="action" value="cancel">Cancel</button></p>
			</form>`,
		),
	);
}
