import { amountDueOf } from '../accounting/amounts/invoiceAmounts';
import type { SandboxContext } from '../context/SandboxContext';
import { matchPath } from '../http/matchPath';
import { escapeHtml, page } from '../http/page';
import { html, type Reply } from '../http/Reply';
import type { SandboxRequest } from '../http/SandboxRequest';
import { formatCents } from '../world/decimal';
import type { Organisation } from '../world/World';

const SHOWN = 200;

/** Pages for people: what the sandbox is, and the books of its organisations. */
export function createPages(
	context: SandboxContext,
): (head: Pick<SandboxRequest, 'method' | 'path'>) => Reply | undefined {
	return ({ method, path }) => {
		if (method !== 'GET') return undefined;
		if (path === '/') return html(200, landing(context));
		const params = path.startsWith('/org/') ? matchPath('/org/:tenantId/:book', path) : undefined;
		const organisation = context.world.organisations.get(params?.['tenantId'] ?? '');
		if (organisation === undefined) return undefined;
		if (params?.['book'] === 'invoices') return html(200, invoices(organisation));
		return params?.['book'] === 'contacts' ? html(200, contacts(organisation)) : undefined;
	};
}

function landing(context: SandboxContext): string {
	const { organisations, apps, webhooks } = context.world;
	const organisationRows = [...organisations.values()].map(
		({ tenantId, name, country, books }) =>
			`<tr><td>${escapeHtml(name)} (${country})</td><td><code>${tenantId}</code></td><td><a href="/org/${tenantId}/invoices">${books.invoices.size} invoices and bills</a> · <a href="/org/${tenantId}/contacts">${books.contacts.size} contacts</a></td></tr>`,
	);
	const appRows = [...apps.values()].map((app) => {
		const webhook = webhooks.get(app.clientId);
		const delivery =
			webhook === undefined ? 'not set up' : `${webhook.status}: ${webhook.deliveryUrl}`;
		return `<tr><td>${escapeHtml(app.name)}</td><td><code>${app.clientId}</code></td><td>${escapeHtml(delivery)}</td></tr>`;
	});
	return page(
		'A local stand-in for Xero',
		`<p>This server answers as Xero's login, identity, connections and Accounting API do, with made-up books, and sends signed webhooks. Nothing here reaches Xero.</p>
		<h2>Organisations</h2><table><tr><th>Name</th><th>Tenant id</th><th>Books</th></tr>${organisationRows.join('')}</table>
		<h2>Apps</h2><table><tr><th>Name</th><th>Client id</th><th>Webhook</th></tr>${appRows.join('')}</table>
		<h2>Addresses</h2><p>Login, identity and API are all at <code>${escapeHtml(context.baseUrl())}</code>. Secrets of the apps: <a href="/_sandbox/state">/_sandbox/state</a>. What arrived: <a href="/_sandbox/requests">/_sandbox/requests</a>. What was sent: <a href="/_sandbox/webhooks">/_sandbox/webhooks</a>.</p>`,
		'wide',
	);
}

function invoices({ name, books }: Organisation): string {
	const newest = books.invoices.inUpdateOrder().slice(-SHOWN).reverse();
	const rows = newest.map((invoice) => {
		const contact = books.contacts.get(invoice.contactId)?.name ?? '';
		const date = new Date(invoice.dateMs).toISOString().slice(0, 10);
		return `<tr><td>${escapeHtml(invoice.number)}</td><td>${invoice.type === 'ACCREC' ? 'Invoice' : 'Bill'}</td><td>${escapeHtml(contact)}</td><td>${escapeHtml(String(invoice.fields['Reference'] ?? ''))}</td><td>${date}</td><td>${invoice.status}</td><td class="number">${formatCents(invoice.totals.total)}</td><td class="number">${formatCents(amountDueOf(invoice))}</td></tr>`;
	});
	return page(
		`${name}: invoices and bills`,
		`<p class="muted"><a href="/">All organisations</a> · newest changes first${books.invoices.size > SHOWN ? `, ${SHOWN} of ${books.invoices.size}` : ''}</p>
		<table><tr><th>Number</th><th>Type</th><th>Contact</th><th>Reference</th><th>Date</th><th>Status</th><th class="number">Total</th><th class="number">Due</th></tr>${rows.join('')}</table>`,
		'wide',
	);
}

function contacts({ name, books }: Organisation): string {
	const newest = books.contacts.inUpdateOrder().slice(-SHOWN).reverse();
	const rows = newest.map(
		(contact) =>
			`<tr><td>${escapeHtml(contact.name)}</td><td>${escapeHtml(String(contact.fields['EmailAddress'] ?? ''))}</td><td>${contact.status}</td></tr>`,
	);
	return page(
		`${name}: contacts`,
		`<p class="muted"><a href="/">All organisations</a> · newest changes first${books.contacts.size > SHOWN ? `, ${SHOWN} of ${books.contacts.size}` : ''}</p>
		<table><tr><th>Name</th><th>Email</th><th>Status</th></tr>${rows.join('')}</table>`,
		'wide',
	);
}
