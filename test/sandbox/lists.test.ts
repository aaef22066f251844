import { connectSandbox, salesInvoice, type ConnectedSandbox } from './connectedSandbox';
import type { XeroBody, XeroRecord, XeroRecords } from './XeroBody';

let sandbox: ConnectedSandbox;
beforeAll(async () => {
	sandbox = await connectSandbox();
});
afterAll(() => sandbox.close());

const where = (text: string) => `where=${encodeURIComponent(text)}`;
const list = async (path: string, headers?: Record<string, string>): Promise<XeroRecords> => {
	const { json, text, status } = await sandbox.get(path, headers);
	if (status !== 200) throw new Error(text);
	return json[path.split(/[/?]/)[1] as string] as XeroRecords;
};

describe('pages', () => {
	it('come with a pagination object, and together hold every record once', async () => {
		const first = await sandbox.get('/Invoices?page=1&pageSize=25');
		const { pagination } = first.json;
		expect(pagination).toEqual({
			page: 1,
			pageSize: 25,
			pageCount: Math.ceil(pagination.itemCount / 25),
			itemCount: pagination.itemCount,
		});

		const ids = new Set<string>();
		for (let page = 1; page <= pagination.pageCount; page += 1) {
			for (const { InvoiceID } of await list(`/Invoices?page=${page}&pageSize=25`))
				ids.add(InvoiceID);
		}

		expect(ids.size).toBe(pagination.itemCount);
		expect(await list(`/Invoices?page=${pagination.pageCount + 1}&pageSize=25`)).toEqual([]);
	});

	it('hold 100 records unless asked, and 1,000 at most', async () => {
		await sandbox.seed(sandbox.tenantId, { contacts: 1_200 });

		expect(await list('/Contacts?page=1')).toHaveLength(100);
		expect(await list('/Contacts?page=1&pageSize=5000')).toHaveLength(1_000);
	});
});

it('without page gives all invoices at once, without their lines and without pagination', async () => {
	const { json } = await sandbox.get('/Invoices');

	expect(json).not.toHaveProperty('pagination');
	expect(json['Invoices'].length).toBeGreaterThan(60);
	expect(json['Invoices'].every(({ LineItems }: XeroRecord) => LineItems.length === 0)).toBe(true);
	expect((await list('/Invoices?page=1'))[0]?.['LineItems'].length).toBeGreaterThan(0);
	expect((await list('/Invoices?page=1&summaryOnly=true'))[0]?.['LineItems']).toEqual([]);
});

it('orders by change, then by id, unless told otherwise', async () => {
	const stamp = (invoice: XeroRecord) => Number(/\d+/.exec(invoice['UpdatedDateUTC'])?.[0]);
	const stamps = (await list('/Invoices?page=1')).map(stamp);
	expect(stamps).toEqual([...stamps].sort((a, b) => a - b));

	const totals = (await list(`/Invoices?page=1&order=${encodeURIComponent('Total DESC')}`)).map(
		({ Total }) => Total,
	);
	expect(totals).toEqual([...totals].sort((a, b) => b - a));
});

describe('where', () => {
	it.each([
		[
			'Type=="ACCPAY" AND Status=="AUTHORISED"',
			(invoice: XeroRecord) => invoice['Type'] === 'ACCPAY' && invoice['Status'] === 'AUTHORISED',
		],
		[
			'Status=="PAID" OR Status=="VOIDED"',
			(invoice: XeroRecord) => ['PAID', 'VOIDED'].includes(invoice['Status']),
		],
		[
			'(Status=="PAID" OR Status=="DRAFT") && Total>=1000',
			(invoice: XeroRecord) =>
				['PAID', 'DRAFT'].includes(invoice['Status']) && invoice['Total'] >= 1000,
		],
		[
			'Date>=DateTime(2026,09,01) AND Date<DateTime(2026, 10, 1)',
			(invoice: XeroRecord) =>
				invoice['DateString'] >= '2026-09' && invoice['DateString'] < '2026-10',
		],
		[
			'Reference!=null AND Reference.Contains("p/o")',
			(invoice: XeroRecord) => invoice['Reference'].startsWith('P/O'),
		],
		[
			'InvoiceNumber.StartsWith("INV-000")',
			(invoice: XeroRecord) => invoice['InvoiceNumber'].startsWith('INV-000'),
		],
		[
			'InvoiceNumber.EndsWith("7")',
			(invoice: XeroRecord) => invoice['InvoiceNumber'].endsWith('7'),
		],
		[
			'AmountDue>0 AND AmountPaid>0',
			(invoice: XeroRecord) => invoice['AmountDue'] > 0 && invoice['AmountPaid'] > 0,
		],
		['SentToContact==true', (invoice: XeroRecord) => invoice['SentToContact']],
		['NOT (Type=="ACCREC")', (invoice: XeroRecord) => invoice['Type'] === 'ACCPAY'],
	])('%s', async (text, wanted) => {
		const all = await list('/Invoices?page=1&pageSize=1000');
		const expected = all.filter(wanted).map(({ InvoiceID }) => InvoiceID);

		const found = (await list(`/Invoices?page=1&pageSize=1000&${where(text)}`)).map(
			({ InvoiceID }) => InvoiceID,
		);

		expect(expected.length).toBeGreaterThan(0);
		expect(expected.length).toBeLessThan(all.length);
		expect(found).toEqual(expected);
	});

	it('compares ids with Guid("…")', async () => {
		const [invoice] = await list('/Invoices?page=1');
		const { ContactID } = invoice.Contact;

		const found = await list(
			`/Invoices?page=1&${where(`Contact.ContactID==Guid("${ContactID.toUpperCase()}")`)}`,
		);

		expect(found.length).toBeGreaterThan(0);
		expect(found.every(({ Contact }) => Contact.ContactID === ContactID)).toBe(true);
	});

	it.each([
		['Foo=="a"', "No property or field 'Foo' exists in type 'Invoice'"],
		['Status=', 'Expression expected'],
		['Status', "Expression of type 'Boolean' expected"],
		['Status=="PAID" AND', 'Expression expected'],
		["Status=='PAID'", "Syntax error ''' at position 8"],
		['(Status=="PAID"', "')' expected"],
		['InvoiceID=="x"', "Operator '==' incompatible with operand types 'Guid' and 'String'"],
		['Date>"2026-01-01"', "Operator '>' incompatible with operand types 'DateTime?' and 'String'"],
		[
			'Date>=DateTime(2026,02,30)',
			'Year, Month, and Day parameters describe an un-representable DateTime.',
		],
		['Total.Contains("1")', "No applicable method 'Contains' exists in type 'Decimal'"],
		['Status=="PAID" Total>1', 'Syntax error'],
	])('refuses %s', async (text, message) => {
		expect(await sandbox.get(`/Invoices?${where(text)}`)).toMatchObject({
			status: 400,
			json: { ErrorNumber: 16, Type: 'QueryParseException', Message: message },
		});
	});

	it('raises HighVolumeException for a filter that is not optimised, on very many documents only', async () => {
		await sandbox.setFaults({ highVolumeFrom: 10 });

		expect((await sandbox.get(`/Invoices?${where('CurrencyCode=="NZD"')}`)).json).toMatchObject({
			Type: 'HighVolumeException',
			ErrorNumber: 51,
		});
		expect(
			(await sandbox.get(`/Invoices?${where('Status=="PAID" AND Date>DateTime(2026,1,1)')}`))
				.status,
		).toBe(200);
		await sandbox.setFaults({});
		expect((await sandbox.get(`/Invoices?${where('CurrencyCode=="NZD"')}`)).status).toBe(200);
	});

	it.each([
		['OR between numbers', 'Invoices', where('InvoiceNumber=="A" OR InvoiceNumber=="B"')],
		['OR between numbers', 'Contacts', where('ContactNumber=="A" OR ContactNumber=="B"')],
		['names in a bracket', 'Contacts', where('(Name=="A" || Name=="B") AND Name!=null')],
		['an order', 'Invoices', 'order=InvoiceNumber'],
		['an order', 'Contacts', 'order=EmailAddress'],
	])('finds %s of %s too slow for very many documents', async (_what, collection, query) => {
		await sandbox.setFaults({ highVolumeFrom: 1 });
		expect((await sandbox.get(`/${collection}?${query}`)).json).toMatchObject({
			Type: 'HighVolumeException',
			Message: expect.stringContaining(`not filtering ${collection} efficiently`),
		});
		await sandbox.setFaults({});
		expect((await sandbox.get(`/${collection}?${query}`)).status).toBe(200);
	});

	it('lets OR between ids of invoices, and its own orders, pass however many there are', async () => {
		await sandbox.setFaults({ highVolumeFrom: 1 });
		const [a, b] = await list('/Invoices?page=1&pageSize=2&order=Date');
		const ids = `InvoiceID==Guid("${a?.['InvoiceID']}") OR InvoiceID==Guid("${b?.['InvoiceID']}")`;
		expect(await list(`/Invoices?${where(ids)}`)).toHaveLength(2);
		expect((await sandbox.get('/Contacts?order=UpdatedDateUTC DESC')).status).toBe(200);
		expect((await sandbox.get('/Payments?order=PaymentID')).status).toBe(200);
		await sandbox.setFaults({});
	});
});

it('refuses to order by what is not there', async () => {
	expect((await sandbox.get('/Contacts?order=Shoe')).json['Message']).toBe(
		"No property or field 'Shoe' exists in type 'Contact'",
	);
});

describe('the parameters of Invoices', () => {
	const ids = (invoices: readonly XeroRecord[]) =>
		invoices.map(({ InvoiceID }) => InvoiceID).sort();

	it.each([
		['IDs', 'InvoiceID'],
		['InvoiceNumbers', 'InvoiceNumber'],
		['Statuses', 'Status'],
	])('%s', async (name, field) => {
		const all = await list('/Invoices?page=1&pageSize=1000');
		const values = [...new Set(all.slice(0, 3).map((invoice) => invoice[field] as string))];

		const found = await list(`/Invoices?page=1&pageSize=1000&${name}=${values.join(',')}`);

		expect(ids(found)).toEqual(
			ids(all.filter((invoice) => values.includes(invoice[field] as string))),
		);
	});

	it('ContactIDs', async () => {
		const [{ Contact }] = await list('/Invoices?page=1');

		const found = await list(`/Invoices?page=1&ContactIDs=${Contact.ContactID}`);

		expect(found.every((invoice) => invoice['Contact'].ContactID === Contact.ContactID)).toBe(true);
	});

	it('show deleted invoices to who asks for them, by status or id', async () => {
		const answer = await sandbox.put('/Invoices', {
			Invoices: [salesInvoice({ Status: 'DRAFT', Reference: 'To be deleted' })],
		});
		const [{ InvoiceID }] = answer.json.Invoices;
		await sandbox.post('/Invoices', { Invoices: [{ InvoiceID, Status: 'DELETED' }] });
		const found = async (query: string) =>
			(await sandbox.get(`/Invoices?searchTerm=To be deleted&${query}`)).json.Invoices.length;

		expect(await found('page=1')).toBe(0);
		for (const query of [
			'Statuses=DELETED',
			'Statuses=DRAFT,DELETED',
			`where=${encodeURIComponent('Status=="DELETED"')}`,
			`IDs=${InvoiceID}`,
			'includeArchived=true',
		]) {
			expect([query, await found(query)]).toEqual([query, 1]);
		}
		expect(await found('Statuses=DRAFT')).toBe(0);
	});

	it('createdByMyApp and searchTerm', async () => {
		const made = await sandbox.put('/Invoices', {
			Invoices: [salesInvoice({ Reference: 'Needle in the hay' })],
		});
		const wanted = ids(made.json['Invoices']);

		expect(ids(await list('/Invoices?page=1&createdByMyApp=true'))).toEqual(wanted);
		expect(ids(await list('/Invoices?page=1&searchTerm=needle'))).toEqual(wanted);
	});
});

describe('If-Modified-Since', () => {
	it('gives only what changed after that moment', async () => {
		await sandbox.advanceClock(60);
		const since = (await sandbox.state()).now.slice(0, 19);
		await sandbox.advanceClock(60);
		await sandbox.put('/Contacts', { Contacts: [{ Name: 'Changed Lately' }] });

		const found = await list('/Contacts?page=1', { 'if-modified-since': since });

		expect(found.map(({ Name }) => Name)).toEqual(['Changed Lately']);
	});
});

describe('the settings of an organisation', () => {
	it.each([
		'Accounts',
		'BrandingThemes',
		'Currencies',
		'Items',
		'TaxRates',
		'TrackingCategories',
		'Users',
	])('%s, the list and one of it', async (collection) => {
		const all = await list(`/${collection}`);
		const id = Object.entries(all[0]).find(
			([name]) => /ID$/.test(name) || ['TaxType', 'Code'].includes(name),
		)?.[1];

		expect(all.length).toBeGreaterThan(0);
		expect(await list(`/${collection}/${encodeURIComponent(id as string)}`)).toEqual([all[0]]);
	});

	it('Organisation', async () => {
		const { json } = await sandbox.get('/Organisation');

		expect(json['Organisations']).toMatchObject([
			{
				Name: 'Demo Company (NZ)',
				BaseCurrency: 'NZD',
				CountryCode: 'NZ',
				OrganisationID: sandbox.tenantId,
			},
		]);
	});

	it('differ from country to country', async () => {
		const { organisations } = await sandbox.state();
		const rates = await Promise.all(
			organisations.map(async ({ tenantId }) => {
				const tokens = await sandbox.authorise(sandbox.app, { organisations: [tenantId] });
				const answer = await sandbox.call(tokens, tenantId, 'GET', '/api.xro/2.0/TaxRates');
				return Math.max(
					...((await answer.json()) as XeroBody).TaxRates.map(({ EffectiveRate }) => EffectiveRate),
				);
			}),
		);

		expect(rates).toEqual([15, 10, 20]);
	});
});
