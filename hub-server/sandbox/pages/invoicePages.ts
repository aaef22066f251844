import { amountDueOf } from '../accounting/amounts/invoiceAmounts';
import { escapeHtml, page } from '../http/page';
import { html, redirect, type Reply } from '../http/Reply';
import { formatCents } from '../world/decimal';
import type { Organisation } from '../world/World';
import { button, formOf, inOrganisation, type PageRoute, type PagesDeps } from './createPages';
import { newestOf, PAGE_ROWS, pageLinks, pageNumber } from './paged';
import { personCall, type Answer, type PersonAnswer } from './personCall';

/** `/org/{tenantId}/invoices…`: what somebody does with invoices and bills in Xero. */
export function invoicePages({ context, apis }: PagesDeps): readonly PageRoute[] {
	const acting = (
		act: (of: {
			readonly organisation: Organisation;
			readonly id: string;
			readonly form: URLSearchParams;
			call(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): PersonAnswer;
		}) => PersonAnswer,
	): PageRoute['show'] =>
		inOrganisation({ context }, (organisation, request, { id = '' }) => {
			const at = `/org/${organisation.tenantId}/invoices`;
			const done = act({
				...{ organisation, id, form: formOf(request) },
				call: (method, path, body) =>
					personCall(apis, organisation, request, { method, path, ...(body && { body }) }),
			});
			return done.ok ? redirect(at) : refused(done.messages, at);
		});

	return [
		{
			method: 'GET',
			path: '/org/:tenantId/invoices',
			show: inOrganisation({ context }, (organisation, { query }) =>
				html(200, list(organisation, pageNumber(query))),
			),
		},
		{
			method: 'POST',
			path: '/org/:tenantId/invoices',
			show: acting(({ organisation, form, call }) => {
				const [contact] = organisation.books.contacts.inUpdateOrder().slice(-1);
				return call('PUT', '/Invoices', {
					...{ Type: 'ACCREC', Contact: { ContactID: contact?.id } },
					LineItems: [
						{
							...{
								Description: form.get('description') || 'Work',
								Quantity: 1,
								AccountCode: '200',
							},
							UnitAmount: Number(form.get('amount') || 100),
						},
					],
				});
			}),
		},
		{
			method: 'GET',
			path: '/org/:tenantId/invoices/:id',
			show: inOrganisation({ context }, (organisation, request, { id = '' }) => {
				const found = personCall(apis, organisation, request, {
					...{ method: 'GET', path: `/Invoices/${id}` },
				});
				const [invoice] = found.ok ? (found.answer['Invoices'] as readonly Answer[]) : [];
				const at = `/org/${organisation.tenantId}/invoices`;
				if (invoice === undefined) return refused(['There is no such invoice.'], at);
				return html(200, detail(organisation, invoice));
			}),
		},
		{
			method: 'POST',
			path: '/org/:tenantId/invoices/:id/edit',
			show: acting(({ id, form, call }) =>
				call('POST', `/Invoices/${id}`, {
					...{ Reference: form.get('reference') ?? '' },
					...(form.get('dueDate') && { DueDate: form.get('dueDate') }),
				}),
			),
		},
		{
			method: 'POST',
			path: '/org/:tenantId/invoices/:id/approve',
			show: acting(({ id, call }) => {
				const found = call('GET', `/Invoices/${id}`);
				const [invoice] = found.ok ? (found.answer['Invoices'] as readonly Answer[]) : [];
				const day = new Date(context.now()).toISOString().slice(0, 10);
				return call('POST', `/Invoices/${id}`, {
					Status: 'AUTHORISED',
					...(invoice?.['DueDate'] === undefined && { DueDate: day }),
				});
			}),
		},
		{
			method: 'POST',
			path: '/org/:tenantId/invoices/:id/pay',
			show: acting(({ organisation, id, call }) => {
				const invoice = organisation.books.invoices.get(id);
				const banks = call('GET', '/Accounts?where=Type%3D%3D%22BANK%22');
				const [bank] = banks.ok ? (banks.answer['Accounts'] as readonly Answer[]) : [];
				return call('PUT', '/Payments', {
					...{ Invoice: { InvoiceID: id }, Account: { AccountID: bank?.['AccountID'] } },
					Date: new Date(context.now()).toISOString().slice(0, 10),
					Amount: invoice === undefined ? 0 : Number(formatCents(amountDueOf(invoice))),
				});
			}),
		},
		{
			method: 'POST',
			path: '/org/:tenantId/invoices/:id/void',
			show: acting(({ organisation, id, call }) => {
				const isDraft = organisation.books.invoices.get(id)?.status !== 'AUTHORISED';
				return call('POST', `/Invoices/${id}`, { Status: isDraft ? 'DELETED' : 'VOIDED' });
			}),
		},
	];
}

function refused(messages: readonly string[], at: string): Reply {
	return html(
		422,
		page(
			'Xero says no',
			`<ul>${messages.map((message) => `<li class="error">${escapeHtml(message)}</li>`).join('')}</ul><p><a href="${at}">Back</a></p>`,
			'wide',
		),
	);
}

/** What somebody may do with it now; Xero has the last word. */
function actions(at: string, id: string, status: string, number: string): string {
	const link = `<a href="${at}/${id}" aria-label="Edit ${escapeHtml(number)}">Edit</a>`;
	const act = (name: string, label: string) => button(`${at}/${id}/${name}`, label, number);
	if (status === 'DRAFT' || status === 'SUBMITTED') {
		return `${link} ${act('approve', 'Approve')} ${act('void', 'Void')}`;
	}
	if (status === 'AUTHORISED') return `${link} ${act('pay', 'Pay')} ${act('void', 'Void')}`;
	return link;
}

function list({ tenantId, name, books }: Organisation, number: number): string {
	const at = `/org/${tenantId}/invoices`;
	const newest = newestOf(books.invoices.inUpdateOrder(), number);
	const rows = newest.map((invoice) => {
		const contact = books.contacts.get(invoice.contactId)?.name ?? '';
		const date = new Date(invoice.dateMs).toISOString().slice(0, 10);
		return `<tr><td><a href="${at}/${invoice.id}">${escapeHtml(invoice.number || '(no number)')}</a></td><td>${invoice.type === 'ACCREC' ? 'Invoice' : 'Bill'}</td><td>${escapeHtml(contact)}</td><td>${escapeHtml(String(invoice.fields['Reference'] ?? ''))}</td><td>${date}</td><td>${invoice.status}</td><td class="number">${formatCents(invoice.totals.total)}</td><td class="number">${formatCents(amountDueOf(invoice))}</td><td class="acts">${actions(at, invoice.id, invoice.status, invoice.number)}</td></tr>`;
	});
	return page(
		`${name}: invoices and bills`,
		`<p class="muted"><a href="/org/${tenantId}/contacts">Contacts</a> · newest changes first, ${books.invoices.size} in all</p>
		<form method="post" action="${at}"><div class="buttons"><input name="description" aria-label="What for" placeholder="What for" required style="max-width:16rem"><input name="amount" aria-label="Amount" type="number" min="0" step="0.01" placeholder="Amount" style="max-width:8rem"><button>New draft invoice</button></div></form>
		<div class="scroll"><table><tr><th>Number</th><th>Type</th><th>Contact</th><th>Reference</th><th>Date</th><th>Status</th><th class="number">Total</th><th class="number">Due</th><th>Do</th></tr>${rows.join('')}</table></div>${pageLinks(at, number, books.invoices.size > number * PAGE_ROWS)}`,
		'wide',
	);
}

function detail({ tenantId, name }: Organisation, invoice: Answer): string {
	const at = `/org/${tenantId}/invoices`;
	const [id, number, status] = ['InvoiceID', 'InvoiceNumber', 'Status'].map((member) =>
		String(invoice[member] ?? ''),
	) as [string, string, string];
	const lines = (invoice['LineItems'] ?? []) as readonly Answer[];
	const due = String(invoice['DueDateString'] ?? '').slice(0, 10);
	const contact = (invoice['Contact'] as Answer | undefined)?.['Name'];
	return page(
		`${number || 'Invoice'}: ${status.toLowerCase()}`,
		`<p class="muted"><a href="${at}">All invoices and bills of ${escapeHtml(name)}</a> · ${escapeHtml(String(contact ?? ''))} · total ${escapeHtml(String(invoice['Total'] ?? ''))} ${escapeHtml(String(invoice['CurrencyCode'] ?? ''))}, due ${escapeHtml(String(invoice['AmountDue'] ?? ''))}</p>
		<div class="scroll"><table><tr><th>Description</th><th class="number">Quantity</th><th class="number">Price</th><th>Account</th><th class="number">Amount</th></tr>${lines
			.map(
				(line) =>
					`<tr><td>${escapeHtml(String(line['Description'] ?? ''))}</td><td class="number">${escapeHtml(String(line['Quantity'] ?? ''))}</td><td class="number">${escapeHtml(String(line['UnitAmount'] ?? ''))}</td><td>${escapeHtml(String(line['AccountCode'] ?? ''))}</td><td class="number">${escapeHtml(String(line['LineAmount'] ?? ''))}</td></tr>`,
			)
			.join('')}</table></div>
		<h2>Edit</h2><form method="post" action="${at}/${id}/edit"><label for="reference">Reference</label><input id="reference" name="reference" value="${escapeHtml(String(invoice['Reference'] ?? ''))}"><label for="dueDate">Due date</label><input id="dueDate" name="dueDate" type="date" value="${escapeHtml(due)}"><div class="buttons"><button class="primary">Save</button></div></form>
		<div class="buttons">${actions(at, id, status, number).replace(/^<a[^]*?<\/a>/, '')}</div>`,
		'wide',
	);
}
