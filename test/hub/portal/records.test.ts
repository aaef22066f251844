import type { FormBrowser } from '../../support/portal/formBrowser';
import { portalOwner } from '../../support/portal/portalOwner';
import { provisionPortal } from '../../support/portal/provisionPortal';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

const AT = '/w/acme/records';

describe('the records viewer', () => {
	let portal: StartedPortal;
	let owner: FormBrowser;
	let tenantId: string;
	let apiKey: string;

	beforeAll(async () => {
		portal = await startPortal({ autoConsent: 'first' });
		owner = await portalOwner(portal);
		({ tenantId, apiKey } = await provisionPortal(portal));
		await spendAtTheBank();
	});
	afterAll(() => portal.close());
	afterEach(async () => {
		await portal.sandbox.setFaults({});
		await portal.sandbox.setLimits({});
	});

	/** Through the hub's proxy, as a workflow does. */
	async function callXero<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
		const answer = await fetch(`${portal.url}/api/v1/xero/${tenantId}/api.xro/2.0${path}`, {
			method,
			headers: { authorization: `Bearer ${apiKey}`, accept: 'application/json' },
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		if (!answer.ok) throw new Error(await answer.text());
		return (await answer.json()) as Answer;
	}

	async function spendAtTheBank(): Promise<void> {
		const { Accounts } = await callXero<{ Accounts: Record<string, string>[] }>('GET', '/Accounts');
		const bank = Accounts.find(({ Type }) => Type === 'BANK');
		await callXero('PUT', '/BankTransactions', {
			Type: 'SPEND',
			Contact: { Name: 'City Limousines' },
			BankAccount: { AccountID: bank?.['AccountID'] },
			Reference: 'Taxi 81',
			LineItems: [{ Description: 'Taxi', Quantity: 1, UnitAmount: 40, AccountCode: '400' }],
		});
	}

	it.each(['invoices', 'bills', 'contacts', 'payments', 'bank-transactions', 'accounts'])(
		'shows %s as Xero has them now',
		async (kind) => {
			const page = await owner.get(`${AT}/${kind}`);

			expect(page.status).toBe(200);
			expect(page.html).toContain('<table>');
			expect(page.text).not.toContain('undefined');
			expect(page.text).not.toContain('[object Object]');
		},
	);

	it('shows amounts with their currency, on the right', async () => {
		const { html } = await owner.get(`${AT}/invoices`);

		expect(html).toMatch(/<td class="number">[\d,]+\.\d\d <span class="unit">NZD<\/span>/);
	});

	it('asks Xero for one page at a time, and leads to the next', async () => {
		await portal.sandbox.seed(tenantId, { invoices: 60 });
		await portal.sandbox.forgetRequests();

		const first = await owner.get(`${AT}/invoices`);
		const link = /href="([^"]+page=2)">Next/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
		const second = await owner.get(link);

		expect(first.text).toContain('Page 1');
		expect(second.text).toContain('Page 2');
		const [one, two] = await portal.sandbox.requests();
		expect(one?.query).toMatchObject({ page: '1', pageSize: '25', where: 'Type=="ACCREC"' });
		expect(two?.query).toMatchObject({ page: '2', pageSize: '25' });
		expect(first.html.match(/<tr>/g)).toHaveLength(26);
	});

	it('lead into Xero where the hub has no page of a record', async () => {
		const { html } = await owner.get(`${AT}/contacts`);

		expect(html).toMatch(
			/<th scope="row"[^>]*><a href="https:\/\/go\.xero\.com\/app\/contacts\/contact\/[\w-]+"/,
		);
		expect(html).toContain('Open in Xero');
		expect((await owner.get(`${AT}/accounts`)).html).not.toContain('go.xero.com');
	});

	it('searches at Xero', async () => {
		const { html } = await owner.get(`${AT}/contacts`);
		const name = /<th scope="row"[^>]*><a[^>]*>([^<&]{6,})</.exec(html)?.[1] ?? '';

		const page = await owner.get(`${AT}/contacts?q=${encodeURIComponent(name)}`);

		expect(page.html).toContain(`>${name}<`);
		expect(page.html.match(/<tr>/g)?.length).toBeLessThan(html.match(/<tr>/g)?.length ?? 0);
	});

	it('finds bank transactions by their reference, quotes and all', async () => {
		expect((await owner.get(`${AT}/bank-transactions?q=Bus`)).text).toContain('Nothing matches');
		expect((await owner.get(`${AT}/bank-transactions?q=Taxi`)).text).toContain('Taxi 81');
		expect((await owner.get(`${AT}/bank-transactions?q=%22%29+OR+%281%3D%3D1`)).text).toContain(
			'Nothing matches',
		);
	});

	it('finds accounts by their code', async () => {
		const page = await owner.get(`${AT}/accounts?q=200`);

		expect(page.text).toContain('Sales');
	});

	it('says kindly when nothing matches', async () => {
		const page = await owner.get(`${AT}/invoices?q=${encodeURIComponent('<nothing "here">')}`);

		expect(page.text).toContain('Nothing matches “<nothing "here">”');
	});

	it.each([
		[{ status: { path: '/Invoices', status: 500, times: 1 } }, 'Xero has a problem'],
		[{ status: { path: '/Invoices', status: 503, times: 1 } }, 'Xero has a problem'],
		[{ status: { path: '/Invoices', status: 403, times: 1 } }, 'Xero does not allow this'],
		[{ status: { path: '/Invoices', status: 404, times: 1 } }, 'Xero does not have these records'],
		[{ dropAfterCommit: { path: '/Invoices' } }, 'Xero cannot be reached'],
	])('explains %j in words', async (faults, title) => {
		await portal.sandbox.setFaults(faults);

		const page = await owner.get(`${AT}/invoices`);

		expect(page.status).toBe(200);
		expect(page.text).toContain(title);
		// A token of Xero's has three parts; the form's own, which is random, may hold the letters of its beginning.
		expect(page.html).not.toMatch(/Bearer|eyJ[\w-]*\.eyJ/);
	});

	it('gets a new token when Xero ended the old one early', async () => {
		await portal.sandbox.setFaults({ expireTokens: true });
		await portal.sandbox.forgetRequests();

		const page = await owner.get(`${AT}/invoices`);

		expect(page.html).toContain('<table>');
		expect(page.text).not.toContain('permission');
		const statuses = (await portal.sandbox.requests())
			.filter(({ path }) => path.endsWith('/Invoices'))
			.map(({ status }) => status);
		expect(statuses).toEqual([401, 200]);
	});

	it('asks for a reconnect, and for no scope, when Xero refuses the new token too', async () => {
		await portal.sandbox.setFaults({ status: { path: '/Invoices', status: 401, times: 2 } });

		const page = await owner.get(`${AT}/invoices`);

		expect(page.text).toContain('Xero does not accept the connection any more');
		expect(page.text).not.toContain('scope');
	});

	it('does not know records of other kinds', async () => {
		expect((await owner.get(`${AT}/unicorns`)).status).toBe(404);
	});

	it('shows nothing of an organisation that is switched off', async () => {
		const { key } = (
			await portal.hub.call('POST', '/api/v1/workspaces/acme/api-keys', { name: 'test' })
		).body;
		const { items } = (await portal.hub.call('GET', '/api/v1/connections', undefined, key)).body;
		const connection = `/api/v1/connections/${items[0].id}`;
		await portal.hub.call('PATCH', connection, { enabled: false }, key);

		const page = await owner.get(`${AT}/invoices?org=${tenantId}`);
		await portal.hub.call('PATCH', connection, { enabled: true }, key);

		expect(page.text).toContain('No organisation is connected');
		expect(page.html).not.toContain('<table>');
	});

	// Last: the organisation rests afterwards.
	it('says when to come back when Xero’s limit is used up, and does not ask Xero before', async () => {
		await portal.sandbox.setLimits({ day: 0 });
		const refused = await owner.get(`${AT}/invoices`);
		await portal.sandbox.setLimits({});
		await portal.sandbox.forgetRequests();

		const soon = await owner.get(`${AT}/invoices`);

		for (const page of [refused, soon]) {
			expect(page.text).toContain("Xero's limit is used up");
			expect(page.text).toMatch(/Try again in \d+ |It can go on /);
		}
		expect(await portal.sandbox.requests()).toEqual([]);
	});
});
