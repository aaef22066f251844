import {
	pushedOrganisation,
	statesOf,
	type PushedOrganisation,
	type XeroAnswer,
} from '../pushedOrganisation';

/** What is counted is what Xero has, not what the hub says. */
describe('while a record is written', () => {
	let acme: PushedOrganisation;
	beforeAll(async () => {
		acme = await pushedOrganisation();
	}, 60_000);
	afterEach(async () => {
		await acme.sandbox.setFaults({});
		await lock({});
	});
	afterAll(() => acme.close());

	const inXero = async (list: string, where: string) =>
		(
			await acme.atXero(
				`/${list}?where=${encodeURIComponent(where)}&page=1${list === 'Contacts' ? '&includeArchived=true' : ''}`,
			)
		)[list] ?? [];
	const one = async (list: string, id: unknown): Promise<XeroAnswer> =>
		(await acme.atXero(`/${list}/${String(id)}`))[list]![0]!;
	const lock = (locks: object) =>
		fetch(`${acme.sandbox.url}/_sandbox/organisations/${acme.tenantId}/locks`, {
			method: 'PUT',
			body: JSON.stringify(locks),
		});
	const line = (changes: object = {}) => ({
		...{ Description: 'Work', Quantity: 1, UnitAmount: 100, AccountCode: '200' },
		...changes,
	});
	const document = (changes: object = {}) => ({
		...{ Contact: { Name: 'Ridgeway Trading' }, Date: '2026-11-01', DueDate: '2026-11-30' },
		...{ Status: 'AUTHORISED', LineItems: [line()] },
		...changes,
	});
	const pushOne = async (entity: string, externalId: string, fields: object, more: object = {}) => {
		const { items } = await acme.push({
			...{ entity, records: [{ externalId, fields: { ...fields } }] },
			...more,
		});
		return items[0]!;
	};
	const pay = (invoiceId: unknown, amount: number) =>
		acme.writeToXero('PUT', '/Payments', {
			Payments: [
				{ Invoice: { InvoiceID: invoiceId }, Account: { Code: '090' }, Amount: amount },
			].map((payment) => ({ ...payment, Date: '2026-11-02' })),
		});

	it.each([
		['invoice', 'Invoices', 'Reference=="Lost invoice"', {}],
		['bill', 'Invoices', 'Reference=="Lost bill"', { InvoiceNumber: 'S-36' }],
	])(
		'36: makes a %s once whose answer was lost, though it is pushed again after seven minutes',
		async (entity, list, where, changes) => {
			await acme.sandbox.setFaults({
				dropAfterCommit: { path: `/${list}`, method: 'PUT', times: 9 },
			});
			const isBill = entity === 'bill';
			const fields = document({
				...{ Reference: `Lost ${entity}`, ...changes },
				LineItems: [line({ AccountCode: isBill ? '400' : '200' })],
			});
			const records = [{ externalId: `36-${entity}`, fields }];
			const wish = { tenantId: acme.tenantId, system: 'crm', entity, codes: 'xero', records };
			const begun = await acme.call('POST', '/pushes', wish);
			await acme.pass(7 * 60 + 1);
			await acme.sandbox.setFaults({});

			await acme.push({ entity, records });

			const first = await acme.finished(begun.body.id as string);
			expect(first.items[0]?.state).toMatch(/synced|unchanged/);
			// Of bills Xero shows the number in the place of a reference.
			const made = isBill ? 'Type=="ACCPAY" AND InvoiceNumber=="S-36"' : where;
			expect(await inXero(list, made)).toHaveLength(1);
		},
		120_000,
	);

	it('36: finds what it has made in books so large that Xero refuses an OR', async () => {
		const records = Array.from({ length: 30 }, (_, index) => ({
			externalId: `large-${index}`,
			fields: { Name: `Large ${index}` },
		}));
		await acme.sandbox.setFaults({ highVolumeFrom: 1 });

		const push = await acme.push({ records });

		expect(push.counts).toEqual({ synced: 30 });
	}, 120_000);

	describe('37: a contact’s name that is there already', () => {
		beforeAll(async () => {
			const Contacts = [{ Name: 'Mint Ltd' }, { Name: 'Sage Ltd' }, { Name: 'Basil Ltd' }];
			const made = (await acme.writeToXero('PUT', '/Contacts', { Contacts })).Contacts!;
			await acme.writeToXero('POST', '/Contacts', {
				Contacts: [{ ContactID: made[2]!['ContactID'], ContactStatus: 'ARCHIVED' }],
			});
		});

		it.each([
			['37: is refused with what to do, where it is active', 'Mint Ltd'],
			['37: is the same in another case', 'mint LTD'],
			['37: is the same with repeated blanks', 'Mint   Ltd'],
		])('%s', async (_title, Name) => {
			const item = await pushOne('contact', `37 ${Name}`, { Name });

			expect(item).toMatchObject({
				state: 'failed',
				message: expect.stringContaining('already assigned to another contact'),
				nextStep: expect.stringContaining('matchBy'),
			});
			expect(await inXero('Contacts', 'Name=="Mint Ltd"')).toHaveLength(1);
		});

		it('37: is linked where the push says that a name is enough', async () => {
			const item = await pushOne(
				'contact',
				'37 linked',
				{ Name: 'sage ltd' },
				{ matchBy: ['Name'] },
			);

			expect(item).toMatchObject({ state: 'synced', xeroId: expect.any(String) });
			expect(await inXero('Contacts', 'Name=="Sage Ltd"')).toHaveLength(1);
		});

		it('37: is free again where the other is archived', async () => {
			const item = await pushOne('contact', '37 archived', { Name: 'Basil Ltd' });

			expect(item).toMatchObject({ state: 'synced', change: 'created' });
			expect(await inXero('Contacts', 'Name=="Basil Ltd"')).toHaveLength(2);
		});

		it('37: is refused in Xero’s words where it is too long', async () => {
			const item = await pushOne('contact', '37 long', { Name: 'x'.repeat(256) });

			expect(item).toMatchObject({
				state: 'failed',
				message: expect.stringContaining('255'),
				nextStep: expect.any(String),
			});
		});
	});

	it('38: makes a record once that two push at once', async () => {
		const records = [{ externalId: '38', fields: { Name: 'At once Ltd' } }];

		const both = await Promise.all([acme.push({ records }), acme.push({ records })]);

		for (const push of both) expect(push.items[0]?.state).toMatch(/synced|unchanged/);
		expect(await inXero('Contacts', 'Name=="At once Ltd"')).toHaveLength(1);
	});

	it('39: lets two suppliers have one bill number, and two sales not', async () => {
		const bill = (Name: string) =>
			document({
				...{ Contact: { Name }, InvoiceNumber: 'INV-1' },
				LineItems: [line({ AccountCode: '400' })],
			});
		const bills = [
			await pushOne('bill', '39-a', bill('Supplier One')),
			await pushOne('bill', '39-b', bill('Supplier Two')),
		];
		await pushOne('invoice', '39-c', document({ InvoiceNumber: 'S-39' }));
		const other = { Contact: { Name: 'Somebody else' }, InvoiceNumber: 'S-39' };
		const refused = await pushOne('invoice', '39-d', document(other));

		expect(bills.map(({ state }) => state)).toEqual(['synced', 'synced']);
		expect(await inXero('Invoices', 'Type=="ACCPAY" AND InvoiceNumber=="INV-1"')).toHaveLength(2);
		expect(refused.state).toMatch(/conflict|failed/);
		expect(refused).toMatchObject({
			message: expect.stringContaining('S-39'),
			nextStep: expect.any(String),
		});
		expect(await inXero('Invoices', 'Type=="ACCREC" AND InvoiceNumber=="S-39"')).toHaveLength(1);
	});

	describe('40: an invoice that was closed meanwhile', () => {
		const more = { LineItems: [line({ UnitAmount: 150 })] };

		it('40: keeps its amounts where it was paid, and takes its words', async () => {
			const made = await pushOne('invoice', '40-paid', document());
			await pay(made.xeroId, 115);

			const amounts = await pushOne('invoice', '40-paid', document(more));
			const words = await pushOne('invoice', '40-paid', document({ Reference: 'A word' }));

			expect(amounts).toMatchObject({
				state: expect.stringMatching(/warning|failed/),
				message: expect.stringMatching(/payment/),
				nextStep: expect.any(String),
			});
			expect(words.state).toBe('synced');
			expect(await one('Invoices', made.xeroId)).toMatchObject({
				...{ Status: 'PAID', Total: 115, Reference: 'A word' },
			});
		});

		it.each([
			['period', { periodLockDate: '2026-11-15' }],
			['end of year', { endOfYearLockDate: '2026-11-15' }],
		])('40: stays as it is behind a %s lock date, in Xero’s words', async (what, locks) => {
			const made = await pushOne('invoice', `40-${what}`, document());
			await lock(locks);

			const item = await pushOne('invoice', `40-${what}`, document(more));
			const late = await pushOne('invoice', `40-${what}-new`, document());

			for (const closed of [item, late]) {
				expect(closed).toMatchObject({
					state: 'failed',
					message: expect.stringMatching(/lock/),
					nextStep: expect.stringMatching(/lock date/),
				});
			}
			expect((await one('Invoices', made.xeroId))['Total']).toBe(115);
		});
	});

	it('41: keeps the lines that a change does not touch, each with its id', async () => {
		const lines = [line({ Description: 'First' }), line({ Description: 'Second' })];
		const made = await pushOne('invoice', '41', document({ LineItems: lines }));
		const idsOf = async () =>
			new Map(
				((await one('Invoices', made.xeroId))['LineItems'] as readonly XeroAnswer[]).map((held) => [
					held['Description'],
					held['LineItemID'],
				]),
			);
		const before = await idsOf();

		await pushOne('invoice', '41', document({ LineItems: lines, Reference: 'Only this' }));
		const afterWords = await idsOf();
		const changed = [lines[0]!, { ...lines[1]!, Quantity: 3 }, line({ Description: 'Third' })];
		const item = await pushOne('invoice', '41', document({ LineItems: changed }));

		expect(afterWords).toEqual(before);
		expect(item.state).toBe('synced');
		const after = await idsOf();
		expect([...after.keys()].sort()).toEqual(['First', 'Second', 'Third']);
		for (const kept of ['First', 'Second']) expect(after.get(kept)).toBe(before.get(kept));
	});

	describe('42: a code that Xero does not take', () => {
		it('42: costs no call where nobody has mapped it, and is named', async () => {
			await acme.sandbox.forgetRequests();
			const fields = document({ LineItems: [line({ AccountCode: 'SHOP', TaxType: 'VAT' })] });

			const item = await pushOne('invoice', '42-unmapped', fields, { codes: 'mapped' });

			expect(item.state).toBe('unmapped');
			for (const name of ['SHOP', 'VAT']) expect(item.message).toContain(name);
			const writes = (await acme.sandbox.requests()).filter(
				({ method, path }) => method !== 'GET' && path.includes('Invoices'),
			);
			expect(writes).toEqual([]);
		});

		it.each([
			['42: of an account that is archived', line({ AccountCode: '499' }), /archived/],
			['42: of an account that there is not', line({ AccountCode: '9999' }), /not a valid code/],
			['42: of a bank account', line({ AccountCode: '090' }), /not a valid code/],
			['42: of a tax that does not go with the account', line({ TaxType: 'INPUT2' }), /TaxType/],
		])('%s', async (title, wrong, words) => {
			const item = await pushOne('invoice', title, document({ LineItems: [wrong] }));

			expect(item).toMatchObject({
				state: 'failed',
				message: expect.stringMatching(words),
				nextStep: expect.stringMatching(/Map/),
			});
		});

		it('42: of an account that takes no payments', async () => {
			await pushOne('invoice', '42-owed', document());
			const item = await pushOne('payment', '42-payment', {
				...{ Invoice: { externalId: '42-owed' }, Account: { Code: '200' } },
				...{ Amount: 10, Date: '2026-11-02' },
			});

			expect(item).toMatchObject({
				state: 'failed',
				message: expect.stringContaining("'200' is not a valid code"),
				nextStep: expect.any(String),
			});
		});
	});

	it('43: says which currency is not set up, and where it is added', async () => {
		const item = await pushOne('invoice', '43', document({ CurrencyCode: 'CHF' }));

		expect(item).toMatchObject({
			state: 'failed',
			message: expect.stringContaining('not subscribed to currency CHF'),
			nextStep: expect.stringMatching(/currency/i),
		});
	});

	it('46: leaves 49 of 50 as they are where one is refused', async () => {
		await acme.writeToXero('PUT', '/Contacts', { Contacts: [{ Name: 'The one' }] });
		const records = Array.from({ length: 50 }, (_, index) => ({
			externalId: `46-${index}`,
			fields: { Name: index === 33 ? 'The one' : `Of fifty ${index}` },
		}));

		const push = await acme.push({ records });

		expect(push.counts).toEqual({ synced: 49, failed: 1 });
		expect(statesOf(push)['46-33']).toBe('failed');
		expect(await inXero('Contacts', 'Name.StartsWith("Of fifty")')).toHaveLength(49);
	});

	it('50: says that a tracking option is not there any more, and writes by its id whatever it is called', async () => {
		const category = (await acme.writeToXero('PUT', '/TrackingCategories', { Name: 'Shop 50' }))
			.TrackingCategories![0]!;
		const at = `/TrackingCategories/${String(category['TrackingCategoryID'])}/Options`;
		const option = (await acme.writeToXero('PUT', at, { Name: 'North' })).Options![0]!;
		const id = option['TrackingOptionID'];
		const byName = { Tracking: [{ Name: 'Shop 50', Option: 'North' }] };
		const byId = { Tracking: [{ TrackingOptionID: id, Name: 'Shop 50', Option: 'Upper North' }] };
		await acme.writeToXero('POST', `${at}/${String(id)}`, { Name: 'Upper North' });

		const refused = await pushOne('invoice', '50-a', document({ LineItems: [line(byName)] }));
		const taken = await pushOne('invoice', '50-b', document({ LineItems: [line(byId)] }));

		expect(refused).toMatchObject({
			state: 'failed',
			message: expect.stringContaining('tracking'),
			nextStep: expect.any(String),
		});
		expect(taken.state).toBe('synced');
	});
});
