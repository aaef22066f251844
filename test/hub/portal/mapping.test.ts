import type { FormBrowser, FormPage } from '../../support/portal/formBrowser';
import { invited, portalOwner } from '../../support/portal/portalOwner';
import { provisionPortal, type ProvisionedPortal } from '../../support/portal/provisionPortal';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

interface Mapped {
	readonly key: string;
	readonly value: string;
	readonly system: string;
}

describe('the mapping page of the portal', () => {
	let portal: StartedPortal;
	let owner: FormBrowser;
	let acme: ProvisionedPortal;
	let at: string;
	beforeAll(async () => {
		portal = await startPortal({ autoConsent: 'all' });
		owner = await portalOwner(portal);
		acme = await provisionPortal(portal);
		at = `/w/acme/mapping/${acme.connectionId}`;
	}, 60_000);
	afterAll(() => portal.close());

	const call = (method: string, path: string, body?: unknown) =>
		portal.hub.call(method, `/api/v1/mappings/${acme.tenantId}/${path}`, body, acme.apiKey);
	const ask = (...values: readonly object[]) => call('POST', 'resolve', { system: 'crm', values });
	const mapped = async (kind: string) =>
		((await call('GET', kind)).body.items as readonly Mapped[]).map(({ key, value, system }) => [
			...[key, value, system],
		]);
	/** What is chosen in the list for a value. */
	const chosenFor = ({ html }: FormPage, key: string) => {
		const row = html.slice(html.indexOf(`is</label>`, html.indexOf(`In Xero, ${key} is`)));
		const select = row.slice(0, row.indexOf('</select>'));
		return /<option value="([^"]*)" selected>([^<]*)/.exec(select)?.[2];
	};

	it('shows what was asked for and nobody has mapped, with suggestions that are not saved by themselves', async () => {
		await ask(
			{ kind: 'account', key: 'Sales', where: 'invoice 7, line 1', direction: 'sales' },
			{ kind: 'account', key: 'Adverts', direction: 'purchases' },
			{ kind: 'account', key: 'zzz' },
		);

		const page = await owner.get(at);

		expect(page.text).toContain('3 values wait to be mapped');
		expect(page.text).toContain('last on invoice 7, line 1');
		expect(chosenFor(page, 'Sales')).toBe('200 – Sales');
		expect(chosenFor(page, 'Adverts')).toBe('400 – Advertising');
		expect(chosenFor(page, 'zzz')).toBeUndefined();
		expect(page.html).not.toContain('Old Stationery');
		expect(await mapped('account')).toEqual([]);
	});

	it('opens at the organisation and the kind that wait, where nobody said which', async () => {
		const { items } = (await portal.hub.call('GET', '/api/v1/connections', undefined, acme.apiKey))
			.body as { items: readonly { id: string; tenantId: string }[] };
		const last = items.at(-1)!;
		const values = Array.from({ length: 5 }, (_, index) => ({
			kind: 'tracking',
			key: `T${index}`,
		}));
		await portal.hub.call(
			...(['POST', `/api/v1/mappings/${last.tenantId}/resolve`] as const),
			{ system: 'crm', values },
			acme.apiKey,
		);

		const page = await owner.get('/w/acme/mapping');

		expect(page.at).toBe(`/w/acme/mapping/${last.id}`);
		expect(page.text).toContain('(5 not mapped)');
		expect(page.text).toContain('T4');
	});

	it('saves what was chosen when a person presses the button, and leaves the rest', async () => {
		// The rows stand by their values; the hidden fields of each come from the page.
		const saved = await owner.submit(await owner.get(at), `${at}/save`, {
			...{ 'value.0': '', 'value.1': '"200"', 'value.2': '' },
		});

		expect(saved.text).toContain('Saved.');
		expect(await mapped('account')).toEqual([['Sales', '200', 'crm']]);
		expect(saved.text).toContain('2 values wait to be mapped');
	});

	it('says what the organisation has not, with the nearest, and saves nothing', async () => {
		const refused = await owner.submit(await owner.get(at), `${at}/save`, {
			...{ kind: 'account', part: 'unmapped' },
			...{ 'key.0': 'Adverts', 'system.0': 'crm', 'direction.0': '', 'value.0': '"Advert"' },
		});

		expect(refused.status).toBe(422);
		expect(refused.text).toMatch(/Adverts: The organisation has no account "Advert"/);
		expect(refused.text).toMatch(/The nearest: 400 – Advertising/);
	});

	it('escapes what another system calls its values', async () => {
		await ask({
			kind: 'account',
			key: '<img src=x onerror=alert(1)>',
			where: '"><script>1</script>',
		});

		const { html } = await owner.get(at);

		expect(html).not.toContain('<img src=x');
		expect(html).not.toContain('<script>1');
		expect(html).toContain('&lt;img src=x');
	});

	it('searches items and contacts at Xero, and lists none of them', async () => {
		await ask({ kind: 'contact', key: 'cust-9' });
		const page = await owner.get(`${at}?kind=contact`);
		expect(page.html).not.toContain('<optgroup');
		const contact = (await call('GET', 'choices?kind=contact&search=a')).body.items[0];

		const choose = await owner.get(
			`${at}/choose?kind=contact&key=cust-9&system=crm&search=${encodeURIComponent(contact.label)}`,
		);
		expect(choose.text).toContain(contact.label);
		await owner.submit(choose, `${at}/save`, {
			...{ kind: 'contact', part: 'unmapped', 'value.0': JSON.stringify(contact.value) },
			...{ 'key.0': 'cust-9', 'system.0': 'crm', 'direction.0': '' },
		});

		expect(await mapped('contact')).toEqual([['cust-9', contact.value, 'crm']]);
	});

	it('removes a mapping', async () => {
		const page = await owner.get(`${at}?kind=contact`);

		const removed = await owner.submit(page, `${at}/remove`, {
			...{ kind: 'contact', key: 'cust-9', system: 'crm', direction: '' },
		});

		expect(removed.text).toContain('The mapping was removed.');
		expect(await mapped('contact')).toEqual([]);
	});

	it('imports CSV, naming the rows that cannot be, and gives it back', async () => {
		const page = await owner.get(at);
		const refused = await owner.submit(page, `${at}/import`, {
			...{ kind: 'account', csv: 'kind,key,value\naccount,a,nothing' },
		});
		expect(refused.text).toMatch(/row 2: The organisation has no account/);

		await owner.submit(page, `${at}/import`, {
			...{ kind: 'account', csv: 'kind,key,value\naccount,=a,260' },
		});

		expect(await mapped('account')).toContainEqual(['=a', '260', '*']);
		expect((await owner.get(`${at}/mappings.csv`)).html).toContain("account,*,'=a,,260");
	});

	it('copies from another organisation, and names what is missing', async () => {
		const { html } = await owner.get(at);
		const others = [...html.matchAll(/<option value="([\w-]{36})">/g)].map(([, id]) => id);
		const other = others.find((id) => id !== acme.connectionId)!;
		const there = `/w/acme/mapping/${other}`;
		await call('POST', 'accounts', {
			...{ code: '901', name: 'Only here', type: 'REVENUE', mapping: { key: 'only' } },
		});

		const refused = await owner.submit(await owner.get(there), `${there}/copy`, {
			...{ kind: 'account', from: acme.connectionId },
		});
		expect(refused.status).toBe(422);
		expect(refused.text).toMatch(/account "only"/);

		const copied = await owner.submit(await owner.get(there), `${there}/copy`, {
			...{ kind: 'account', from: acme.connectionId, skipMissing: 'yes' },
		});
		expect(copied.text).toContain('The mappings were copied.');
		expect(copied.text).toContain('260 – Other Revenue');
	});

	it('makes an account in Xero on request and maps to it; its own faults stand at the fields', async () => {
		const page = await owner.get(at);
		const short = await owner.submit(page, `${at}/account`, {
			...{ kind: 'account', code: '', name: 'Web', type: 'REVENUE' },
		});
		expect(short.status).toBe(422);
		expect(short.html).toContain('field-code-error');

		const made = await owner.submit(page, `${at}/account`, {
			...{ kind: 'account', code: '902', name: 'Web', type: 'REVENUE', mapKey: 'WEB' },
		});

		expect(made.text).toContain('The account was made in Xero');
		expect(await mapped('account')).toContainEqual(['WEB', '902', '*']);
	});

	it('lets people without that right look, and change nothing', async () => {
		const viewer = await invited(
			...([portal, owner] as const),
			{ name: 'Vera', email: 'vera@example.com', password: 'a row of quiet lamps' },
			{ role: 'viewer', all: 'yes' },
		);

		const page = await viewer.get(at);

		expect(page.text).toContain('Not mapped yet');
		expect(page.html).not.toContain('/save"');
		expect(page.html).not.toContain('<select id="unmapped');
	});
});
