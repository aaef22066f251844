import { eventually } from '../../support/eventually';
import type { FormBrowser } from '../../support/portal/formBrowser';
import { portalOwner } from '../../support/portal/portalOwner';
import { OWNER } from '../../support/portal/portalPerson';
import { provisionPortal, type ProvisionedPortal } from '../../support/portal/provisionPortal';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

const WEEK_MS = 7 * 24 * 3600_000;

describe('what automation changed, in the portal', () => {
	let portal: StartedPortal;
	let owner: FormBrowser;
	let acme: ProvisionedPortal;
	let ahead: number;

	beforeEach(async () => {
		ahead = 0;
		portal = await startPortal({ autoConsent: 'first', now: () => Date.now() + ahead });
		owner = await portalOwner(portal);
		acme = await provisionPortal(portal);
	});
	afterEach(() => portal.close());

	/** As the node does it. */
	async function write(
		body: object | string,
		{ path = 'api.xro/2.0/Contacts', cause = 'w1/Write/Orders%20to%20Xero', method = 'PUT' } = {},
	) {
		const answer = await fetch(`${portal.url}/api/v1/xero/${acme.tenantId}/${path}`, {
			method,
			headers: {
				authorization: `Bearer ${acme.apiKey}`,
				accept: 'application/json',
				'content-type': 'application/json',
				'xero-hub-cause': cause,
			},
			body: typeof body === 'string' ? body : JSON.stringify(body),
		});
		await answer.arrayBuffer();
		return answer.status;
	}
	/** Once the answer to the last call is written down, a moment after the caller has it. */
	const settled = (path = '/w/acme/automation') =>
		eventually('no call is under way', async () => {
			const page = await owner.get(path);
			return page.html.includes('class="badge info">Under way') ? undefined : page;
		});

	it('says so while nothing was written', async () => {
		expect((await owner.get('/w/acme/automation')).text).toContain('Nothing was written');
	});

	it('shows what was saved, by which workflow, with a link into Xero, and what was refused, in Xero’s words', async () => {
		expect(await write({ Contacts: [{ Name: 'Ann Ltd' }] })).toBe(200);
		expect(await write({ Contacts: [{ Name: 'Ann Ltd' }] })).toBe(400);

		const page = await settled();

		expect(page.text).toContain('Orders to Xero');
		expect(page.text).toContain('Contact created');
		expect(page.text).toContain('Contact refused');
		expect(page.text).toMatch(/already assigned to another contact|must be unique/i);
		expect(page.html).toMatch(
			/href="https:\/\/go\.xero\.com\/app\/contacts\/contact\/[0-9a-f-]{36}"/,
		);
	});

	it('is narrowed down by workflow and outcome', async () => {
		await write({ Contacts: [{ Name: 'Ann Ltd' }] });
		await write({ Contacts: [{}] }, { cause: 'w2/Write/Other' });
		await settled();

		const refused = await owner.get('/w/acme/automation?outcome=refused');
		const other = await owner.get('/w/acme/automation?workflow=w2');
		const none = await owner.get('/w/acme/automation?workflow=w2&outcome=saved');

		expect(refused.text).not.toContain('Contact created');
		expect(other.text).toContain('Contact refused');
		expect(none.text).toContain('No write is of this kind');
	});

	it('shows what callers say of themselves as text', async () => {
		const evil = encodeURIComponent('<script>alert(1)</script>');
		await write({ Contacts: [{ Name: 'Ann Ltd' }] }, { cause: `${evil}/${evil}/${evil}` });

		const { html } = await settled();

		expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
		expect(html).not.toContain('<script>alert');
	});

	it('can be taken away as CSV, what is shown and whole weeks', async () => {
		await write({ Contacts: [{ Name: 'Ann Ltd' }] });
		await settled();
		ahead = WEEK_MS;
		// The session is over by then.
		await owner.submit(await owner.get('/sign-in'), '/sign-in', OWNER);
		const page = await owner.get('/w/acme/automation?period=month');
		const [path = ''] = /\/w\/acme\/automation\/weeks\/[\w-]+\.csv/.exec(page.html) ?? [];

		const week = await owner.get(path);
		const shown = await owner.get('/w/acme/automation.csv?period=month');
		const older = await owner.get('/w/acme/automation/weeks/2020-W01.csv');

		for (const csv of [week, shown]) {
			expect(csv.headers.get('content-type')).toContain('text/csv');
			expect(csv.headers.get('content-disposition')).toMatch(/attachment; filename="?automation-/);
			expect(csv.html.trimEnd().split('\r\n')).toHaveLength(2);
			expect(csv.html).toContain('Orders to Xero');
		}
		expect(older.status).toBe(404);
	});
});
