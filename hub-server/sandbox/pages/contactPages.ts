import { escapeHtml, page } from '../http/page';
import { html, redirect } from '../http/Reply';
import type { Organisation } from '../world/World';
import { button, formOf, inOrganisation, type PageRoute, type PagesDeps } from './createPages';
import { newestOf, PAGE_ROWS, pageLinks, pageNumber } from './paged';
import { personCall } from './personCall';

/** `/org/{tenantId}/contacts…`: what somebody does with contacts in Xero. */
export function contactPages({ context, apis }: PagesDeps): readonly PageRoute[] {
	const saving = (
		bodyOf: (form: URLSearchParams) => object,
		pathOf: (id: string) => string,
	): PageRoute['show'] =>
		inOrganisation({ context }, (organisation, request, { id = '' }) => {
			const at = `/org/${organisation.tenantId}/contacts`;
			const call = { method: 'POST', path: pathOf(id), body: bodyOf(formOf(request)) } as const;
			const done = personCall(apis, organisation, request, call);
			if (done.ok) return redirect(at);
			const told = done.messages.map((message) => `<li class="error">${escapeHtml(message)}</li>`);
			return html(
				422,
				page('Xero says no', `<ul>${told.join('')}</ul><p><a href="${at}">Back</a></p>`, 'wide'),
			);
		});
	const named = (form: URLSearchParams) => ({
		Name: form.get('name') ?? '',
		EmailAddress: form.get('email') ?? '',
	});

	return [
		{
			method: 'GET',
			path: '/org/:tenantId/contacts',
			show: inOrganisation({ context }, (organisation, { query }) =>
				html(200, list(organisation, pageNumber(query))),
			),
		},
		{
			method: 'POST',
			path: '/org/:tenantId/contacts',
			show: saving(named, () => '/Contacts'),
		},
		{
			method: 'POST',
			path: '/org/:tenantId/contacts/:id/edit',
			show: saving(named, (id) => `/Contacts/${id}`),
		},
		{
			method: 'POST',
			path: '/org/:tenantId/contacts/:id/archive',
			show: saving(
				() => ({ ContactStatus: 'ARCHIVED' }),
				(id) => `/Contacts/${id}`,
			),
		},
	];
}

function list({ tenantId, name, books }: Organisation, number: number): string {
	const at = `/org/${tenantId}/contacts`;
	const newest = newestOf(books.contacts.inUpdateOrder(), number);
	const rows = newest.map((contact) => {
		const called = escapeHtml(contact.name);
		const form = `edit-${contact.id}`;
		return `<tr><td><form id="${form}" method="post" action="${at}/${contact.id}/edit"></form><input form="${form}" name="name" value="${called}" aria-label="Name of ${called}"></td><td><input form="${form}" name="email" value="${escapeHtml(String(contact.fields['EmailAddress'] ?? ''))}" aria-label="Email of ${called}"></td><td>${contact.status}</td><td class="acts"><button form="${form}" aria-label="Save ${called}">Save</button> ${contact.status === 'ACTIVE' ? button(`${at}/${contact.id}/archive`, 'Archive', contact.name) : ''}</td></tr>`;
	});
	return page(
		`${name}: contacts`,
		`<p class="muted"><a href="/org/${tenantId}/invoices">Invoices and bills</a> · newest changes first, ${books.contacts.size} in all</p>
		<form method="post" action="${at}"><div class="buttons"><input name="name" aria-label="Name" placeholder="Name" required style="max-width:16rem"><input name="email" aria-label="Email" type="email" placeholder="Email" style="max-width:16rem"><button>New contact</button></div></form>
		<div class="scroll"><table><tr><th>Name</th><th>Email</th><th>Status</th><th>Do</th></tr>${rows.join('')}</table></div>${pageLinks(at, number, books.contacts.size > number * PAGE_ROWS)}`,
		'wide',
	);
}
