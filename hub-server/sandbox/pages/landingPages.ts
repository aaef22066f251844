import { escapeHtml, page } from '../http/page';
import { html, redirect } from '../http/Reply';
import { formOf, type PageRoute, type PagesDeps } from './createPages';

/** `/`: organisations, apps, and where their webhooks go. */
export function landingPages({ context, control }: PagesDeps): readonly PageRoute[] {
	return [
		{ method: 'GET', path: '', show: () => html(200, landing(context)) },
		{
			method: 'POST',
			path: '/apps/:clientId/webhook',
			async show(request, { clientId = '' }) {
				const deliveryUrl = formOf(request).get('deliveryUrl')?.trim() ?? '';
				const body = Buffer.from(JSON.stringify({ deliveryUrl }));
				const path = `/_sandbox/apps/${encodeURIComponent(clientId)}/webhook`;
				const reply = await control({ ...request, method: 'PUT', path, body });
				const told = JSON.parse((reply.body ?? '{}').toString()) as Handshake;
				if (told.status === 'ok') return redirect('/');
				const problems = told.checks?.map(({ problem }) => problem).filter(Boolean) ?? [told.error];
				return html(
					422,
					page(
						'The intent to receive was not answered well',
						`<ul>${[...new Set(problems)].map((problem) => `<li class="error">${escapeHtml(String(problem))}</li>`).join('')}</ul><p>Save the webhook key in the hub first, then enter the address again. <a href="/">Back</a></p>`,
						'wide',
					),
				);
			},
		},
	];
}

interface Handshake {
	readonly status?: string;
	readonly error?: string;
	readonly checks?: readonly { readonly problem: string | null }[];
}

function landing(context: PagesDeps['context']): string {
	const { organisations, apps, webhooks } = context.world;
	const organisationRows = [...organisations.values()].map(({ tenantId, name, country, books }) => {
		const at = `/org/${tenantId}`;
		return `<tr><td><a href="${at}/invoices">${escapeHtml(name)}</a> (${country})</td><td><a href="${at}/invoices">${books.invoices.size} invoices and bills</a> · <a href="${at}/contacts">${books.contacts.size} contacts</a> · <a href="${at}/list/Payments">payments</a> · <a href="${at}/list/CreditNotes">credit notes</a> · <a href="${at}/list/BankTransactions">bank transactions</a> · <a href="${at}/list/Items">items</a> · <a href="${at}/list/Accounts">accounts</a></td><td><code>${tenantId}</code></td></tr>`;
	});
	const appParts = [...apps.values()].map((app) => {
		const webhook = webhooks.get(app.clientId);
		const status = webhook === undefined ? 'not set up' : webhook.status;
		const id = `url-${app.clientId}`;
		return `<h3>${escapeHtml(app.name)}</h3><p class="muted">Client id <code>${app.clientId}</code> · webhook ${status}</p>
		<form method="post" action="/apps/${app.clientId}/webhook"><label for="${id}">Send notifications to</label><div class="buttons"><input id="${id}" name="deliveryUrl" type="url" required value="${escapeHtml(webhook?.deliveryUrl ?? '')}" placeholder="http://localhost:8787/webhooks/xero/…"><button>Save and send ‘Intent to receive’</button></div></form>`;
	});
	return page(
		'A local stand-in for Xero',
		`<p>This server answers as Xero's login, identity, connections and APIs do, with made-up books, and sends signed webhooks. Nothing here reaches Xero. What you change on these pages happens as if somebody did it in Xero.</p>
		<h2>Organisations</h2><div class="scroll"><table><tr><th>Name</th><th>Books</th><th>Tenant id</th></tr>${organisationRows.join('')}</table></div>
		<h2>Apps</h2>${appParts.join('')}
		<h2>Addresses</h2><p>Login, identity and API are all at <code>${escapeHtml(context.baseUrl())}</code>. Secrets of the apps: <a href="/_sandbox/state">/_sandbox/state</a>.</p>`,
		'wide',
	);
}
