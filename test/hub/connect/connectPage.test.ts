import { connectPage } from '../../../hub-server/src/connect/connectPage';
import { CONNECT_FAILURE_TEXTS } from '../../../hub-server/src/connect/connectFailureTexts';
import type { ConnectFailureReason } from '../../../hub-server/src/connect/connectOutcome';
import { PAGE_CONTENT_SECURITY_POLICY } from '../../../hub-server/src/connect/htmlPage';
import { createHash } from 'node:crypto';

describe('the last page of a consent', () => {
	it('shows names as text, whatever they are', () => {
		const name = `<img src=x onerror=alert(1)> & "Søn's"`;

		const { html } = connectPage({
			kind: 'connected',
			workspaceSlug: 'acme',
			fromPortal: false,
			starter: undefined,
			startedBy: undefined,
			workspaceName: name,
			chosen: [],
			organisations: [{ tenantId: 't1', name }],
			held: [{ tenantId: 't2', name }],
			replacing: [{ tenantId: 't3', name }],
			missingScopes: [`accounting.${name}`],
		});

		expect(html).not.toContain('<img');
		expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;Søn&#39;s&quot;');
	});

	it.each(Object.keys(CONNECT_FAILURE_TEXTS) as ConnectFailureReason[])(
		'says for %s what happened and what to do next',
		(reason) => {
			const { status, html } = connectPage({
				kind: 'failed',
				reason,
				connectLink: 'https://hub.example/connect/acme?a=1&b="2"',
			});

			const { title, text, again } = CONNECT_FAILURE_TEXTS[reason];
			expect(status).toBeGreaterThanOrEqual(400);
			expect(html).toContain(`<h1>${title}</h1>`);
			expect(html).toContain(text);
			expect(html.includes('href="https://hub.example/connect/acme?a=1&amp;b=&quot;2&quot;"')).toBe(
				again,
			);
		},
	);

	it('has the one style that its policy allows', () => {
		const { html } = connectPage({ kind: 'failed', reason: 'state_unknown' });

		const styles = [...html.matchAll(/<style>([^]*?)<\/style>/g)].map(([, style = '']) => style);

		expect(styles).toHaveLength(1);
		const hash = createHash('sha256').update(styles[0]!).digest('base64');
		expect(PAGE_CONTENT_SECURITY_POLICY).toContain(`'sha256-${hash}'`);
	});
});
