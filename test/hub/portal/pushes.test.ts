import type { FormBrowser } from '../../support/portal/formBrowser';
import { invited, portalOwner } from '../../support/portal/portalOwner';
import { pushedOrganisation, type PushedOrganisation } from '../push/pushedOrganisation';

describe('pushes in the portal', () => {
	let acme: PushedOrganisation;
	let owner: FormBrowser;
	beforeEach(async () => {
		acme = await pushedOrganisation();
		owner = await portalOwner(acme.portal);
	}, 60_000);
	afterEach(() => acme.close());

	const contact = (externalId: string, Name: string, more: object = {}) => ({
		...{ externalId, fields: { Name, ...more } },
	});
	/** A record that both sides have changed since they agreed. */
	async function conflict(externalId = 'c', system = 'crm') {
		const { items } = await acme.push({
			system,
			records: [contact(externalId, 'Cleo', { EmailAddress: 'a@example.com' })],
		});
		const xeroId = items[0]?.xeroId;
		await acme.pass(60);
		await acme.writeToXero('POST', '/Contacts', {
			Contacts: [{ ContactID: xeroId, EmailAddress: 'xero@example.com' }],
		});
		const push = await acme.push({
			...{ system, policy: 'ask' },
			records: [contact(externalId, 'Cleo', { EmailAddress: 'crm@example.com' })],
		});
		return { push, xeroId };
	}
	const emailOf = async (xeroId: string | null | undefined) =>
		(await acme.atXero(`/Contacts/${xeroId}`)).Contacts?.[0]?.['EmailAddress'];
	const at = (id: string) => `/w/acme/pushes/${id}`;
	const explain = (id: string, record: string) =>
		`${at(id)}/record?id=${encodeURIComponent(record)}`;

	it('say how to begin while there are none', async () => {
		expect((await owner.get('/w/acme/pushes')).text).toContain('Nothing was pushed yet');
	});

	it('lead to the links and back, for the menu has one entry for both', async () => {
		const [pushes, links] = [await owner.get('/w/acme/pushes'), await owner.get('/w/acme/links')];

		expect(pushes.html).toContain('href="/w/acme/links"');
		expect(links.html).toContain('href="/w/acme/pushes"');
		expect(links.text).toContain('Import and migrate');
	});

	it('are listed with how many records are in which state', async () => {
		await acme.push({ records: [contact('1', 'Ada'), contact('2', 'Bert')] });

		const page = await owner.get('/w/acme/pushes');
		const none = await owner.get('/w/acme/pushes?system=other');

		expect(page.text).toContain('Contacts from crm');
		expect(page.text).toContain('2 synced');
		expect(none.text).toContain('No push is of this kind');
	});

	it('show each record, in Xero’s words and with what to do next', async () => {
		const push = await acme.push({ records: [contact('1', 'Ada'), contact('2', '')] });
		const failed = push.items[1]!;

		const page = await owner.get(at(push.id));
		const only = await owner.get(`${at(push.id)}?state=synced`);

		expect(failed.state).toBe('failed');
		expect(page.text).toContain(failed.message);
		expect(page.text).toContain(failed.nextStep);
		expect(only.text).not.toContain(failed.message);
	});

	it('explain what is not mapped, and lead to where it is', async () => {
		const push = await acme.push({
			...{ entity: 'invoice', codes: 'mapped' },
			records: [
				{
					externalId: 'i1',
					fields: {
						Contact: { Name: 'Ada' },
						LineItems: [{ Description: 'x', Quantity: 1, UnitAmount: 1, AccountCode: 'SHOP<1>' }],
					},
				},
			],
		});

		const page = await owner.get(at(push.id));

		expect(push.items[0]?.state).toBe('unmapped');
		expect(page.html).toContain('SHOP&lt;1&gt;');
		expect(page.html).toMatch(/href="\/w\/acme\/mapping\/[\w-]+"/);
	});

	it.each([
		['Keep Xero’s', 'xero', 'xero@example.com'],
		['Use the other', 'external', 'crm@example.com'],
	])('show both sides of a conflict, and end it: %s', async (button, use, email) => {
		const { push, xeroId } = await conflict();
		const page = await owner.get(explain(push.id, 'c'));
		expect(page.text).toContain('xero@example.com');
		expect(page.text).toContain('crm@example.com');
		expect(page.text).toContain(button);

		const form = page.html.split('<form').find((one) => one.includes(`name="use" value="${use}"`));
		const formToken = /name="formToken" value="([^"]+)"/.exec(form ?? '')?.[1] ?? '';
		await owner.post(`${at(push.id)}/resolve`, { formToken, record: 'c', use });
		await acme.finished(push.id);

		expect(await emailOf(xeroId)).toBe(email);
	});

	it('are retried all together once their codes are mapped', async () => {
		const pushed = (externalId: string, AccountCode: string) =>
			acme.push({
				...{ entity: 'item', codes: 'mapped' },
				records: [
					{
						externalId,
						fields: { Code: externalId, Name: 'Thing', SalesDetails: { AccountCode } },
					},
				],
			});
		const waiting = [await pushed('A', 'shop'), await pushed('B', 'shop')];
		const other = await pushed('C', 'elsewhere');
		const page = await owner.get('/w/acme/pushes');
		await acme.call('PUT', `/mappings/${acme.tenantId}/account/shop`, { value: '200' });

		const after = await owner.submit(page, '/w/acme/pushes/retry');

		expect(page.text).toContain('Map the codes');
		expect(after.at).toBe('/w/acme/pushes?done=push_retried');
		for (const { id } of waiting) {
			expect((await acme.finished(id)).counts).toEqual({ synced: 1 });
		}
		expect((await acme.finished(other.id)).counts).toEqual({ unmapped: 1 });
		expect((await owner.get(`/w/acme/mapping/${acme.connectionId}`)).text).toContain(
			'Retry those pushes',
		);
	});

	it('of two systems are retried apart where a person chose one', async () => {
		const pushed = (system: string) =>
			acme.push({
				...{ system, entity: 'item', codes: 'mapped' },
				records: [
					{
						externalId: system,
						fields: { Code: system, Name: 'Thing', SalesDetails: { AccountCode: 'x' } },
					},
				],
			});
		const [shop, crm] = [await pushed('shop'), await pushed('crm')];
		await acme.call('PUT', `/mappings/${acme.tenantId}/account/x`, { value: '200' });

		const page = await owner.get('/w/acme/pushes?system=shop&state=unmapped');
		await owner.submit(page, '/w/acme/pushes/retry');

		expect((await acme.finished(shop.id)).counts).toEqual({ synced: 1 });
		expect((await acme.finished(crm.id)).counts).toEqual({ unmapped: 1 });
	});

	it.each(['..', '.', 'a/b?c#d', '<img src=x onerror=alert(1)>', '%2e%2e', 'é\u202e"\''])(
		'reach a record whose id in the other system is %j, and show it as text',
		async (externalId) => {
			const push = await acme.push({ records: [contact(externalId, 'Ada')] });
			const page = await owner.get(at(push.id));
			const [, href = ''] = /href="([^"]*\/record\?id=[^"]*)"/.exec(page.html) ?? [];

			const record = await owner.get(href.replaceAll('&amp;', '&').replaceAll('&#39;', "'"));

			expect(record.status).toBe(200);
			expect(record.text).toContain('What happened');
			for (const { html } of [page, record]) expect(html).not.toContain('<img src=x');
		},
	);

	it('are undone after a question that says what Xero allows', async () => {
		const push = await acme.push({
			...{ entity: 'invoice' },
			records: [
				{
					externalId: 'i1',
					fields: {
						Type: 'ACCREC',
						Contact: { Name: 'Ada' },
						LineItems: [{ Description: 'x', Quantity: 1, UnitAmount: 1, AccountCode: '200' }],
					},
				},
			],
		});
		const page = await owner.get(at(push.id));
		const asked = await owner.submit(page, `${at(push.id)}/undo`);
		expect(asked.text).toContain('payments are deleted first');

		const undo = await owner.submit(asked, `${at(push.id)}/undo`);

		expect(undo.text).toContain('Undo of invoices from crm');
		expect(undo.at).not.toContain(push.id);
	});

	it('can be looked at by a viewer, and changed by nobody without the right', async () => {
		const { push } = await conflict();
		const viewer = await invited(
			acme.portal,
			owner,
			{ name: 'Ned', email: 'ned@example.com', password: 'nine quiet bicycles' },
			{ role: 'viewer', reach: 'all' },
		);

		const pages = [await viewer.get(at(push.id)), await viewer.get(explain(push.id, 'c'))];

		for (const page of pages) {
			expect(page.status).toBe(200);
			expect(page.text).not.toMatch(/Retry what is open|Keep Xero’s/);
		}
	});

	it('are nothing to another workspace', async () => {
		const push = await acme.push({ records: [contact('1', 'Ada')] });
		await acme.portal.hub.call('POST', '/api/v1/workspaces', { name: 'Beta' });

		expect((await owner.get(`/w/beta/pushes/${push.id}`)).status).toBe(404);
		expect((await owner.get(`/w/beta/pushes/${push.id}/record?id=1`)).status).toBe(404);
	});
});
