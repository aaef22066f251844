import { connectDatabase } from '../../../hub-server/src/database/openDatabase';
import { linkMark } from '../../../hub-server/src/links/linkMark';
import { eventually } from '../../support/eventually';
import { formBrowser, type FormBrowser } from '../../support/portal/formBrowser';
import { invited, portalOwner } from '../../support/portal/portalOwner';
import { OWNER } from '../../support/portal/portalPerson';
import { pushedOrganisation, type PushedOrganisation } from '../push/pushedOrganisation';

const COLLEAGUE = { name: 'Ned', email: 'ned@example.com', password: 'a long pass phrase 1' };
const UNKNOWN = '00000000-0000-4000-8000-00000000abcd';
const ANOTHER = '00000000-0000-4000-8000-00000000abce';

describe('links in the portal', () => {
	let acme: PushedOrganisation;
	let owner: FormBrowser;
	let workspaceId: string;
	const linked = new Set<string>();
	beforeAll(async () => {
		acme = await pushedOrganisation({ env: { HUB_SYNC: 'on' } });
		owner = await portalOwner(acme.portal);
		workspaceId = (
			await inLedger((db) => db.selectFrom('workspaces').select('id').executeTakeFirstOrThrow())
		).id;
	}, 60_000);
	afterAll(() => acme.close());

	async function inLedger<Result>(
		work: (db: ReturnType<typeof connectDatabase>['db']) => Promise<Result>,
	): Promise<Result> {
		const ledger = connectDatabase({ dataDir: acme.portal.hub.dataDir });
		try {
			return await work(ledger.db);
		} finally {
			await ledger.close();
		}
	}
	/** A record that a sync has read. */
	const known = (entity: string) =>
		eventually(`a known ${entity}`, () =>
			inLedger(async (db) => {
				const row = await db
					.selectFrom('record_states')
					.select('xero_id')
					.where('entity', '=', entity)
					.where('deleted_at', 'is', null)
					.executeTakeFirst();
				return row?.xero_id;
			}),
		);
	const markOf = (entity: 'invoice' | 'bill', externalId: string) =>
		`/links/${linkMark({ workspaceId, system: 'crm', entity, externalId })}`;
	/** Where a document's `Url` leads, before anything is followed. */
	async function follow(browser: FormBrowser, path: string) {
		const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ');
		const answer = await fetch(`${acme.portal.url}${path}`, {
			headers: { cookie },
			redirect: 'manual',
		});
		await answer.body?.cancel();
		return { status: answer.status, to: answer.headers.get('location') };
	}

	/** Of a sync, and linked to this customer's alone. */
	async function aKnownInvoice(externalId: string): Promise<string> {
		const { Invoices = [] } = await acme.atXero('/Invoices?where=Type%3D%3D%22ACCREC%22');
		const ids = Invoices.map(({ InvoiceID }) => String(InvoiceID));
		const xeroId = await eventually('an invoice of a sync', () =>
			inLedger(async (db) => {
				const row = await db
					.selectFrom('record_states')
					.select('xero_id')
					.where('entity', '=', 'invoice')
					.where('xero_id', 'in', ids)
					.where('xero_id', 'not in', [...linked])
					.executeTakeFirst();
				return row?.xero_id;
			}),
		);
		linked.add(xeroId);
		const path = `/links/${acme.tenantId}/crm/invoice/${externalId}`;
		const { status, body } = await acme.call('PUT', path, { xeroId });
		if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
		return xeroId;
	}

	it('show both sides on a record’s page: Xero beside what they agreed on, with the id there', async () => {
		const xeroId = await known('contact');
		const { body: record } = await acme.call('GET', `/records/${acme.tenantId}/contact/${xeroId}`);
		await acme.call('PUT', `/links/${acme.tenantId}/crm/contact/c-7`, {
			xeroId,
			fields: { Name: 'AS THE CRM SPELLS IT', EmailAddress: 'ada@crm.example' },
		});

		const page = await owner.get(`/w/acme/records/${acme.tenantId}/contact/${xeroId}`);

		expect(page.status).toBe(200);
		expect(page.text).toContain('In crm');
		expect(page.text).toContain('Its id there c-7');
		const name = String(record.record.Name);
		expect(page.text).toContain(`Name AS THE CRM SPELLS IT ${name} ${name}`);
		expect(page.text).toContain('EmailAddress ada@crm.example');
	});

	it('say where Xero has changed since', async () => {
		const xeroId = await known('contact');
		await acme.call('PUT', `/links/${acme.tenantId}/crm/contact/c-7`, {
			...{ xeroId, fields: { Name: 'Ada' } },
		});
		await acme.writeToXero('POST', '/Contacts', {
			Contacts: [{ ContactID: xeroId, Name: 'Ada & Sons' }],
		});
		const { body } = await acme.call('GET', '/syncs?limit=100');
		const sync = (body.items as { id: string; entity: string }[]).find(
			({ entity }) => entity === 'contact',
		);
		await acme.pass(120);
		await acme.call('POST', `/syncs/${sync?.id}/run`, {});

		const page = await eventually('the change', async () => {
			const { text } = await owner.get(`/w/acme/records/${acme.tenantId}/contact/${xeroId}`);
			return text.includes('Ada & Sons Changed') ? text : undefined;
		});

		expect(page).toContain('Changed');
	});

	it('lead to a record’s page only where the hub knows the record', async () => {
		const xeroId = await known('contact');
		await acme.call('PUT', `/links/${acme.tenantId}/crm/contact/c-7`, { xeroId });
		await acme.call('POST', '/links/import', {
			links: [
				{
					...{ tenantId: acme.tenantId, system: 'crm', entity: 'item' },
					externalId: 'i-1',
					xeroId: UNKNOWN,
				},
			],
		});

		const { html } = await owner.get('/w/acme/links');

		expect(html).toContain(`/w/acme/records/${acme.tenantId}/contact/${xeroId}"`);
		expect(html).toContain(UNKNOWN);
		expect(html).not.toContain(`/item/${UNKNOWN}"`);
	});

	describe('whose mark stands in a document in Xero', () => {
		it('open the page of its record, which the hub wrote there as its Url', async () => {
			const { items } = await acme.push({
				entity: 'invoice',
				records: [
					{
						externalId: 'pushed-1',
						fields: {
							Contact: { Name: 'Ada Ltd' },
							LineItems: [{ Description: 'x', Quantity: 1, UnitAmount: 1, AccountCode: '200' }],
						},
					},
				],
			});
			const [invoice] = (await acme.atXero(`/Invoices/${items[0]?.xeroId}`))['Invoices'] ?? [];
			const url = new URL(String(invoice?.['Url']));

			const page = await owner.get(url.pathname);

			expect(url.pathname).toBe(markOf('invoice', 'pushed-1'));
			expect(page.status).toBe(200);
			expect(page.text).toContain('pushed-1');
		});

		it('lead to the record where the hub knows it, else to the link', async () => {
			const xeroId = await aKnownInvoice('i-7');
			await acme.call('POST', '/links/import', {
				links: [{ system: 'crm', entity: 'invoice', externalId: 'of/none', xeroId: UNKNOWN }],
			});

			expect(await follow(owner, markOf('invoice', 'i-7'))).toEqual({
				status: 303,
				to: `/w/acme/records/${acme.tenantId}/invoice/${xeroId}`,
			});
			expect(await follow(owner, markOf('invoice', 'of/none'))).toEqual({
				status: 303,
				to: '/w/acme/links?system=crm&entity=invoice&q=of%2Fnone',
			});
		});

		it('lead to all of them where several organisations have the record', async () => {
			await aKnownInvoice('both');
			await acme.call('POST', '/links/import', {
				links: [{ system: 'crm', entity: 'invoice', externalId: 'both', xeroId: ANOTHER }],
			});

			const { to } = await follow(owner, markOf('invoice', 'both'));

			expect(to).toBe('/w/acme/links?system=crm&entity=invoice&q=both');
		});

		it('ask a stranger to sign in, whether there is a link or not, and lead on from there', async () => {
			await aKnownInvoice('i-8');
			const stranger = formBrowser(acme.portal.url);
			const marks = [markOf('invoice', 'i-8'), markOf('invoice', 'never'), '/links/x'];

			const answers = await Promise.all(marks.map((mark) => follow(stranger, mark)));
			const door = await stranger.get(markOf('invoice', 'i-8'));
			const landed = await stranger.submit(door, '/sign-in', OWNER);

			expect(answers).toEqual(
				marks.map((mark) => ({ status: 303, to: `/sign-in?next=${encodeURIComponent(mark)}` })),
			);
			expect(landed.at).toContain(`/w/acme/records/${acme.tenantId}/invoice/`);
		});

		it('say that nothing is there, to whoever may not see the workspace just as of a mark that never was', async () => {
			await aKnownInvoice('i-9');
			await acme.portal.hub.call('POST', '/api/v1/workspaces', { name: 'Beta' });
			const { id } = await inLedger((db) =>
				db
					.selectFrom('workspaces')
					.select('id')
					.where('slug', '=', 'beta')
					.executeTakeFirstOrThrow(),
			);
			const ned = await invited(acme.portal, owner, COLLEAGUE, {
				...{ role: 'connector', reach: 'some', workspaces: [id] },
			});

			const hidden = await ned.get(markOf('invoice', 'i-9'));
			const never = await ned.get(markOf('invoice', 'never'));
			const malformed = await ned.get('/links/x');

			for (const page of [hidden, never, malformed]) {
				expect(page.status).toBe(404);
				expect(page.text).toContain('No link that you may see has this address.');
				expect(page.text).toBe(never.text);
			}
		});

		it('lead nowhere once the link was removed', async () => {
			await aKnownInvoice('gone');
			await acme.call('DELETE', `/links/${acme.tenantId}/crm/invoice/gone`);

			expect((await owner.get(markOf('invoice', 'gone'))).status).toBe(404);
		});
	});
});
