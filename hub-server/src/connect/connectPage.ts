import { CONNECT_FAILURE_TEXTS } from './connectFailureTexts';
import type { ConnectedOrganisation, ConnectFailure, ConnectOutcome } from './connectOutcome';
import { scopeLabel } from '../xero/identity/xeroScopes';
import { escapeHtml, htmlPage } from './htmlPage';

export interface ConnectPage {
	readonly status: number;
	readonly html: string;
}

/** What the browser shows at the end of a consent: self-contained, without script. */
export function connectPage(outcome: ConnectOutcome): ConnectPage {
	return outcome.kind === 'connected' ? successPage(outcome) : failurePage(outcome);
}

function successPage({
	workspaceName,
	chosen,
	organisations,
	held,
	replacing,
	missingScopes,
}: Extract<ConnectOutcome, { kind: 'connected' }>): ConnectPage {
	const isNew = new Set(chosen.map(({ tenantId }) => tenantId));
	const waits = new Set([...held, ...replacing].map(({ tenantId }) => tenantId));
	const working = organisations.filter(({ tenantId }) => !waits.has(tenantId));
	const items = working.map(
		({ tenantId, name }) =>
			`<li>${escapeHtml(name)}${isNew.has(tenantId) ? ' <strong>just connected</strong>' : ''}</li>`,
	);
	const html = htmlPage('Connected to Xero', [
		...(items.length > 0
			? [`<p>${escapeHtml(workspaceName)} can now work with:</p>`, `<ul>${items.join('')}</ul>`]
			: []),
		...(held.length > 0
			? [
					`<p>These wait until somebody of ${escapeHtml(workspaceName)} confirms them. Nothing is read of them before:</p>`,
					`<ul>${listOf(held)}</ul>`,
				]
			: []),
		...(replacing.length > 0
			? [
					`<p>These were connected before, by another Xero user, and stay as they are. Somebody of ${escapeHtml(workspaceName)} is asked whether your access replaces theirs:</p>`,
					`<ul>${listOf(replacing)}</ul>`,
				]
			: []),
		...(missingScopes.length > 0
			? [
					'<p>Xero granted less than was asked for. What needs these does not work until somebody connects again and allows them:</p>',
					`<ul>${missingScopes.map((scope) => `<li>${escapeHtml(scopeLabel(scope))}</li>`).join('')}</ul>`,
				]
			: []),
		'<p class="next">You can close this page.</p>',
	]);
	return { status: 200, html };
}

function listOf(organisations: readonly ConnectedOrganisation[]): string {
	return organisations.map(({ name }) => `<li>${escapeHtml(name)}</li>`).join('');
}

function failurePage({ reason, connectLink, detail }: ConnectFailure): ConnectPage {
	const { status, title, text, next, again } = CONNECT_FAILURE_TEXTS[reason];
	const html = htmlPage(title, [
		`<p>${escapeHtml(text)}</p>`,
		...(detail === undefined ? [] : [`<p class="detail">${escapeHtml(detail)}</p>`]),
		`<p class="next">${escapeHtml(next)}</p>`,
		...(again && connectLink !== undefined
			? [`<p><a class="button" href="${escapeHtml(connectLink)}">Start again</a></p>`]
			: []),
	]);
	return { status, html };
}
