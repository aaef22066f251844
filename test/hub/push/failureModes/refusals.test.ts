import {
	pushedOrganisation,
	type PushedOrganisation,
	type XeroAnswer,
} from '../pushedOrganisation';
import { document, line, pushedRecords } from './pushedRecords';

describe('what Xero does not take of a push', () => {
	let acme: PushedOrganisation;
	let records: ReturnType<typeof pushedRecords>;
	let inXero: ReturnType<typeof pushedRecords>['inXero'];
	let one: ReturnType<typeof pushedRecords>['one'];
	let pushOne: ReturnType<typeof pushedRecords>['pushOne'];
	beforeEach(async () => {
		acme = await pushedOrganisation();
		records = pushedRecords(acme);
		({ inXero, one, pushOne } = records);
	}, 60_000);
	afterEach(() => acme.close());

	const lock = (locks: object) => records.steer('PUT', 'locks', locks);

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
			message: expect.stringMatching(/unique|S-39/),
			nextStep: expect.any(String),
		});
		expect(await inXero('Invoices', 'Type=="ACCREC" AND InvoiceNumber=="S-39"')).toHaveLength(1);
	});

	describe('40: an invoice that was closed meanwhile', () => {
		const more = { LineItems: [line({ UnitAmount: 150 })] };

		it('40: keeps its amounts where it was paid, and takes its words', async () => {
			const made = await pushOne('invoice', '40-paid', document());
			await acme.writeToXero('PUT', '/Payments', {
				Payments: [
					{
						...{ Invoice: { InvoiceID: made.xeroId }, Account: { Code: '090' } },
						...{ Amount: 115, Date: '2026-11-02' },
					},
				],
			});

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

	it('50: says that a tracking option is not there any more, and writes by its id whatever it is called', async () => {
		const category = (await acme.atXero('/TrackingCategories')).TrackingCategories![0]!;
		const name = String(category['Name']);
		const at = `/TrackingCategories/${String(category['TrackingCategoryID'])}/Options`;
		const option = (await acme.writeToXero('PUT', at, { Name: 'North 50' })).Options![0]!;
		const id = option['TrackingOptionID'];
		const byName = { Tracking: [{ Name: name, Option: 'North 50' }] };
		const byId = { Tracking: [{ TrackingOptionID: id, Name: name, Option: 'Upper North 50' }] };
		await acme.writeToXero('POST', `${at}/${String(id)}`, { Name: 'Upper North 50' });

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
