import { eventually } from '../../support/eventually';
import { provisionPortal, type ProvisionedPortal } from '../../support/portal/provisionPortal';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

/** What of Xero's answers is looked at. */
interface Answer {
	readonly Accounts: readonly { readonly AccountID: string; readonly Code: string }[];
	readonly Items: readonly { readonly ItemID: string }[];
	readonly Contacts: readonly { readonly ContactID: string; readonly Name: string }[];
}

describe('mappings over the API, against the sandbox', () => {
	let portal: StartedPortal;
	let acme: ProvisionedPortal;
	let tenants: readonly string[];
	beforeAll(async () => {
		portal = await startPortal({ autoConsent: 'all', env: { HUB_SYNC: 'on' } });
		acme = await provisionPortal(portal);
		const { body } = await portal.hub.call('GET', '/api/v1/connections', undefined, acme.apiKey);
		tenants = (body.items as readonly { tenantId: string }[]).map(({ tenantId }) => tenantId);
	}, 60_000);
	afterAll(() => portal.close());

	const call = (method: string, path: string, body?: unknown, tenantId = acme.tenantId) =>
		portal.hub.call(method, `/api/v1/mappings/${tenantId}/${path}`, body, acme.apiKey);
	const xero = async (method: string, path: string, body?: unknown) => {
		const url = `${portal.hub.hub.url}/api/v1/xero/${acme.tenantId}/api.xro/2.0/${path}`;
		const answer = await fetch(url, {
			method,
			headers: {
				authorization: `Bearer ${acme.apiKey}`,
				...{ accept: 'application/json', 'content-type': 'application/json' },
			},
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		return { status: answer.status, body: (await answer.json()) as Answer };
	};
	const resolve = async (...values: readonly object[]) =>
		(await call('POST', 'resolve', { system: 'crm', values })).body.values;
	const accountCalled = async (code: string) =>
		(await xero('GET', 'Accounts')).body.Accounts.find(({ Code }) => Code === code)!;

	it('map values, and say what they are in the order asked', async () => {
		const put = await call('PUT', 'account/SALES%2FNZ', { value: '200' });
		expect(put).toMatchObject({
			status: 200,
			body: {
				...{ system: '*', kind: 'account', key: 'SALES/NZ', value: '200', direction: null },
				...{ label: '200 – Sales', state: 'ok', reason: null },
			},
		});

		expect(
			await resolve(
				{ kind: 'account', key: 'NOPE', where: 'invoice 1042, line 2', direction: 'sales' },
				{ kind: 'account', key: 'SALES/NZ' },
			),
		).toEqual([
			{ kind: 'account', key: 'NOPE', direction: 'sales', state: 'unmapped' },
			{ kind: 'account', key: 'SALES/NZ', state: 'ok', value: '200' },
		]);
		expect((await call('GET', 'unmapped?kind=account')).body.items).toMatchObject([
			{ key: 'NOPE', times: 1, where: 'invoice 1042, line 2', system: 'crm' },
		]);
	});

	it('refuse what the organisation has not, with the nearest, and save none of the others', async () => {
		const refused = await call('PUT', 'account', {
			mappings: [
				{ key: 'a', value: '200' },
				{ key: 'b', value: 'Adverts' },
				{ key: 'c', value: '499' },
			],
		});

		expect(refused.status).toBe(400);
		expect(refused.body.detail).toMatch(
			/mappings\.1\.value: The organisation has no account "Adverts"\. .*The nearest: 400 – Advertising/,
		);
		expect(refused.body.detail).toMatch(
			/mappings\.2\.value: 499 – Old Stationery Account: the account is archived/,
		);
		expect((await call('GET', 'account?search=a')).body.items).toMatchObject([{ key: 'SALES/NZ' }]);
	});

	it.each([
		['an account that takes no payments', 'payment_account', { value: '200' }, /takes no payments/],
		[
			'a tax rate for the other side',
			'tax_rate',
			{ value: 'INPUT', direction: 'sales' },
			/cannot be used for sales/,
		],
		['text for tracking', 'tracking', { value: 'North' }, /category, option/],
		[
			'a direction of an account',
			'account',
			{ value: '200', direction: 'sales' },
			/only a tax_rate/,
		],
		[
			'a contact that is not there',
			'contact',
			{ value: '11111111-1111-4111-8111-111111111111' },
			/has no contact/,
		],
		['a currency that is not set up', 'currency', { value: 'XYZ' }, /has no currency/],
		['a member that is not known', 'account', { value: '200', sytem: 'crm' }, /sytem/],
	])('refuse %s', async (_what, kind, body, words) => {
		const refused = await call('PUT', `${kind}/k`, body);

		expect(refused.status).toBe(400);
		expect(refused.body.detail).toMatch(words);
	});

	it('take items by code and contacts by id, looked up at Xero one by one', async () => {
		const { body } = await xero('PUT', 'Items', { Items: [{ Code: 'A"B', Name: 'Odd' }] });
		const itemId = body.Items[0]!.ItemID;
		const contact = (await xero('GET', 'Contacts?page=1&pageSize=1')).body.Contacts[0]!;

		expect(await call('PUT', 'item/odd', { value: 'A"B' })).toMatchObject({ status: 200 });
		expect((await call('PUT', 'contact/c-1', { value: contact.ContactID })).body.label).toBe(
			contact.Name,
		);

		// A new code in Xero is followed.
		await xero('POST', `Items/${itemId}`, { Items: [{ ItemID: itemId, Code: 'NEW' }] });
		expect(
			await resolve({ kind: 'item', key: 'odd' }, { kind: 'contact', key: 'c-1' }),
		).toMatchObject([{ state: 'ok' }, { state: 'ok', value: contact.ContactID }]);
	});

	it('offer what is there, suggestions first', async () => {
		const sales = await call('GET', 'choices?kind=account&key=Salez&direction=sales');
		expect(sales.body.suggestions[0]).toEqual({
			...{ value: '200', label: '200 – Sales', group: 'Revenue', because: 'alike' },
		});
		expect(
			(sales.body.items as readonly { label: string }[]).map(({ label }) => label),
		).not.toContain('499 – Old Stationery Account');
		const bank = await call('GET', 'choices?kind=payment_account');
		expect((bank.body.items as readonly { group: string }[]).map(({ group }) => group)).toContain(
			'Bank',
		);
		const taxes = await call('GET', 'choices?kind=tax_rate&direction=sales');
		expect(
			(taxes.body.items as readonly { value: string }[]).map(({ value }) => value),
		).not.toContain('INPUT');
	});

	it('go out as CSV and come back the same', async () => {
		await call('PUT', 'tax_rate', {
			mappings: [
				{ key: '=GST', value: 'OUTPUT', direction: 'sales' },
				{ key: "'=GST", value: 'EXEMPTOUTPUT', system: 'crm' },
			],
		});
		const download = () =>
			fetch(`${portal.hub.hub.url}/api/v1/mappings/${acme.tenantId}/export?kind=tax_rate`, {
				headers: { authorization: `Bearer ${acme.apiKey}` },
			});
		const before = await download();
		expect(before.headers.get('content-type')).toContain('text/csv');
		const csv = await before.text();
		expect(csv).toContain(`tax_rate,*,'=GST,sales,OUTPUT`);
		await call('DELETE', 'tax_rate/%3DGST?direction=sales');
		await call('DELETE', `tax_rate/${encodeURIComponent("'=GST")}?system=crm`);

		const imported = await fetch(`${portal.hub.hub.url}/api/v1/mappings/${acme.tenantId}/import`, {
			method: 'POST',
			headers: { authorization: `Bearer ${acme.apiKey}`, 'content-type': 'text/csv' },
			body: csv,
		});

		expect(await imported.json()).toEqual({ saved: 2 });
		const after = await (await download()).text();
		expect(after.split('\r\n').sort()).toEqual(csv.split('\r\n').sort());
	});

	it('name the rows of a file that cannot be, and import none', async () => {
		const reply = await fetch(`${portal.hub.hub.url}/api/v1/mappings/${acme.tenantId}/import`, {
			method: 'POST',
			headers: { authorization: `Bearer ${acme.apiKey}`, 'content-type': 'text/csv' },
			body: 'kind,key,value\r\naccount,row2,200\r\naccount,row3,999\r\n',
		});

		expect(reply.status).toBe(400);
		expect(JSON.stringify(await reply.json())).toMatch(/row 3: The organisation has no account/);
		expect((await call('GET', 'account?search=row2')).body.items).toEqual([]);
	});

	it('are copied to another organisation by what both call things, and name what is missing', async () => {
		const other = tenants.find((one) => one !== acme.tenantId)!;
		const wish = { fromTenantId: acme.tenantId };
		await xero('PUT', 'Accounts', { Code: '777', Name: 'Only here', Type: 'REVENUE' });
		await call('PUT', 'account/only', { value: '777' });

		const refused = await call('POST', 'copy', wish, other);
		expect(refused.status).toBe(400);
		expect(refused.body.detail).toMatch(
			/account "only" → "777": The organisation has no account "777"/,
		);
		expect((await call('GET', 'account', undefined, other)).body.items).toEqual([]);

		const copied = await call('POST', 'copy', { ...wish, skipMissing: true }, other);
		expect(copied.body.missing[0]).toMatch(/"777"/);
		expect(copied.body.copied).toBeGreaterThan(0);
		expect(
			(
				(await call('GET', 'account', undefined, other)).body.items as readonly { key: string }[]
			).map(({ key }) => key),
		).toEqual(['SALES/NZ']);
	});

	it('make an account in Xero on request, once, and map to it', async () => {
		const account = { code: '888', name: 'Shop sales', type: 'REVENUE' };
		const wish = { ...account, mapping: { key: 'SHOP' } };

		expect((await call('POST', 'accounts', wish)).body).toEqual({
			...{ isNew: true, code: '888', label: '888 – Shop sales' },
		});
		expect((await call('POST', 'accounts', wish)).body.isNew).toBe(false);
		expect(await resolve({ kind: 'account', key: 'SHOP' })).toMatchObject([{ value: '888' }]);
		const taken = await call('POST', 'accounts', { ...wish, name: 'Another' });
		expect(taken.status).toBe(409);
		const refused = await call('POST', 'accounts', { ...account, code: '889' });
		expect(refused.status).toBe(400);
		expect(refused.body.detail).toMatch(/name/i);
	});

	it('show an account that was made on request among what was written, once, and a refusal with it', async () => {
		const account = { code: '887', name: 'Told of', type: 'REVENUE' };
		await call('POST', 'accounts', account);
		await call('POST', 'accounts', account);
		await call('POST', 'accounts', { ...account, code: '886' });

		const { AccountID } = await accountCalled('887');
		const told = await eventually('both writes', async () => {
			const { body } = await portal.hub.call(
				'GET',
				'/api/v1/writes?limit=100',
				undefined,
				acme.apiKey,
			);
			const writes = body.items as readonly { outcome: string; records: { id: string }[] }[];
			const made = writes.filter(({ records }) => records.some(({ id }) => id === AccountID));
			const refused = writes.find(({ outcome }) => outcome === 'refused');
			return made.length > 0 && refused ? { made, refused } : undefined;
		});

		expect(told.made).toMatchObject([
			{
				...{ entity: 'account', outcome: 'saved', pushId: null },
				records: [{ change: 'created' }],
			},
		]);
		expect(told.refused).toMatchObject({ message: 'Please enter a unique Name.', method: 'PUT' });
	});

	it('are broken as soon as a sync reads that Xero archived what they stand for, and mended with it', async () => {
		await xero('PUT', 'Accounts', { Code: '999', Name: 'Soon gone', Type: 'REVENUE' });
		await call('PUT', 'account/GONE', { value: '999' });
		const { AccountID } = await accountCalled('999');
		const { body: sync } = await portal.hub.call(
			'POST',
			'/api/v1/syncs',
			{ tenantId: acme.tenantId, entity: 'account', everySeconds: 60 },
			acme.apiKey,
		);
		// The first run may still be about to end when what it read counts.
		const run = () =>
			eventually('a free turn', async () => {
				const path = `/api/v1/syncs/${sync.id}/run`;
				const { status } = await portal.hub.call('POST', path, {}, acme.apiKey);
				return status === 202 ? true : undefined;
			});
		const alerts = async () => {
			const { body } = await portal.hub.call('GET', '/api/v1/alerts', undefined, acme.apiKey);
			const open = body.items as readonly { kind: string; message: string }[];
			return open.filter(({ kind }) => kind === 'mapping_broken');
		};
		await eventually('the first read', async () => {
			const { body } = await portal.hub.call(
				...(['GET', `/api/v1/syncs/${sync.id}`, undefined, acme.apiKey] as const),
			);
			return body.baselineAt === null ? undefined : true;
		});

		await xero('POST', `Accounts/${AccountID}`, { AccountID, Status: 'ARCHIVED' });
		await run();

		const [alert] = await eventually(
			'the alert',
			async () => {
				const open = await alerts();
				return open.length > 0 ? open : undefined;
			},
			{ timeoutMs: 90_000 },
		);
		expect(alert?.message).toContain('"GONE"');
		expect((await call('GET', 'account?state=broken')).body.items).toMatchObject([{ key: 'GONE' }]);
		await call('PUT', 'account/GONE', { value: '200' });
		expect(await alerts()).toEqual([]);
	}, 180_000);
});
