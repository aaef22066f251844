import { escapeHtml, page } from '../http/page';
import { html } from '../http/Reply';
import type { PageRoute, PagesDeps } from './createPages';

const SHOWN = 200;

/** `/requests`: what reached Xero, newest first. */
export function requestPages({ requests }: PagesDeps): readonly PageRoute[] {
	return [
		{
			method: 'GET',
			path: '/requests',
			show() {
				const rows = requests
					.since(0)
					.slice(-SHOWN)
					.reverse()
					.map(
						({ at, method, path, query, status, dropped, elements }) =>
							`<tr><td>${at.slice(11, 19)}</td><td>${method}</td><td><code>${escapeHtml(path)}${escapeHtml(queryOf(query))}</code></td><td class="number">${elements ?? ''}</td><td class="${status < 400 ? 'good' : 'error'}">${status}${dropped ? ', lost' : ''}</td></tr>`,
					);
				return html(
					200,
					page(
						'Requests that arrived',
						`<p class="muted">The last ${SHOWN}, without headers and bodies. <a href="/requests">Refresh</a></p><div class="scroll"><table><tr><th>At (UTC)</th><th>Method</th><th>Path</th><th class="number">Records</th><th>Answer</th></tr>${rows.join('')}</table></div>`,
						'wide',
					),
				);
			},
		},
	];
}

function queryOf(query: Readonly<Record<string, string>>): string {
	const text = new URLSearchParams(query).toString();
	return text === '' ? '' : `?${text}`;
}
