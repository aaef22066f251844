import {
	connectSandbox,
	messagesOf,
	salesInvoice,
	type ConnectedSandbox,
} from './connectedSandbox';
import type { Json, XeroRecord } from './XeroBody';

let sandbox: ConnectedSandbox;
beforeAll(async () => {
	sandbox = await connectSandbox();
});
afterAll(() => sandbox.close());

const ZERO = '00000000-0000-0000-0000-000000000000';
const line = (changes: Json = {}): Json => ({
	Description: 'Work',
	Quantity: 1,
	UnitAmount: 100,
	AccountCode: '200',
	...changes,
});

async function created(changes: Json = {}, query = ''): Promise<XeroRecord> {
	const answer = await sandbox.put(`/Invoices${query}`, { Invoices: [salesInvoice(changes)] });
	if (answer.status !== 200) throw new Error(answer.text);
	return answer.json['Invoices'][0];
}
const refusal = async (changes: Json, query = '') =>
	messagesOf(await sandbox.put(`/Invoices${query}`, { Invoices: [salesInvoice(changes)] }));
const updated = (invoice: XeroRecord, changes: Json) =>
	sandbox.post('/Invoices', { Invoices: [{ InvoiceID: invoice['InvoiceID'], ...changes }] });

describe('amounts', () => {
	it.each([
		['Exclusive', { SubTotal: 200, TotalTax: 30, Total: 230 }],
		['Inclusive', { SubTotal: 173.91, TotalTax: 26.09, Total: 200 }],
		['NoTax', { SubTotal: 200, TotalTax: 0, Total: 200 }],
	])('are %s of tax as LineAmountTypes says', async (LineAmountTypes, amounts) => {
		expect(await created({ LineAmountTypes })).toMatchObject({
			...amounts,
			AmountDue: amounts.Total,
			LineAmountTypes,
		});
	});

	it('round tax line by line, half away from zero', async () => {
		const invoice = await created({
			LineItems: [line({ UnitAmount: 0.1 }), line({ UnitAmount: 0.1 }), line({ UnitAmount: 0.1 })],
		});

		expect(invoice['LineItems'].map(({ TaxAmount }: XeroRecord) => TaxAmount)).toEqual([
			0.02, 0.02, 0.02,
		]);
		expect(invoice).toMatchObject({ SubTotal: 0.3, TotalTax: 0.06, Total: 0.36 });
	});

	it('round unit amounts to two decimals, or keep four with unitdp=4', async () => {
		const lines = { LineItems: [line({ UnitAmount: 1.2345, Quantity: 100 })] };

		expect((await created(lines))['LineItems'][0]).toMatchObject({
			UnitAmount: 1.23,
			LineAmount: 123,
		});
		const precise = await created(lines, '?unitdp=4');
		expect(precise['LineItems'][0]).toMatchObject({ UnitAmount: 1.2345, LineAmount: 123.45 });
		const read = async (query: string) =>
			(await sandbox.get(`/Invoices/${precise['InvoiceID']}${query}`)).json['Invoices'][0]
				.LineItems[0].UnitAmount;
		expect([await read(''), await read('?unitdp=4')]).toEqual([1.23, 1.2345]);
	});

	it('take discounts off sales, by rate or amount, and refuse them on bills', async () => {
		expect(await created({ LineItems: [line({ DiscountRate: 10 })] })).toMatchObject({
			SubTotal: 90,
			TotalDiscount: 10,
			IsDiscounted: true,
		});
		expect(await created({ LineItems: [line({ DiscountAmount: 5 })] })).toMatchObject({
			SubTotal: 95,
			TotalDiscount: 5,
		});
		expect(
			await refusal({
				Type: 'ACCPAY',
				LineItems: [line({ AccountCode: '400', DiscountRate: 10 })],
			}),
		).toHaveLength(1);
	});

	it('must agree with a line amount that is sent along', async () => {
		expect(await refusal({ LineItems: [line({ LineAmount: 99 })] })).toEqual([
			'The line total 99.00 does not match the expected line total 100.00',
		]);
	});

	it('of nothing make an approved invoice paid', async () => {
		expect(await created({ LineItems: [line({ UnitAmount: 0 })] })).toMatchObject({
			Status: 'PAID',
			AmountDue: 0,
		});
	});
});

describe('a line', () => {
	it('takes what it lacks from its item, and its tax from its account', async () => {
		const { LineItems } = await created({ LineItems: [{ ItemCode: 'DevD', Quantity: 1 }] });

		expect(LineItems[0]).toMatchObject({
			UnitAmount: 650,
			AccountCode: '200',
			TaxType: 'OUTPUT2',
			TaxAmount: 97.5,
			Item: { Code: 'DevD' },
		});
		expect(LineItems[0].Description).toMatch(/^Development work/);
	});

	it.each([
		[
			'an unknown account',
			{ AccountCode: '999' },
			"Account code '999' is not a valid code for this document.",
		],
		[
			'an archived account',
			{ AccountCode: '499' },
			"Account code '499' has been archived, or has been deleted. Each line item must reference a valid account.",
		],
		[
			'a tax type for the other side',
			{ TaxType: 'INPUT2' },
			"The TaxType code 'INPUT2' cannot be used with account code '200'.",
		],
	])('is refused with %s', async (_case, changes, message) => {
		expect(await refusal({ LineItems: [line(changes)] })).toContain(message);
	});

	it('carries at most two tracking options, by name or id', async () => {
		const region = { Name: 'Region', Option: 'North' };
		const { LineItems } = await created({
			LineItems: [line({ Tracking: [region, { Name: 'Salesperson', Option: 'Aroha' }] })],
		});

		expect(LineItems[0].Tracking).toMatchObject([region, { Name: 'Salesperson' }]);
		const [{ TrackingCategoryID, TrackingOptionID }] = LineItems[0].Tracking;
		const byId = await created({
			LineItems: [line({ Tracking: [{ TrackingCategoryID, TrackingOptionID }] })],
		});
		expect(byId['LineItems'][0].Tracking).toMatchObject([region]);
		expect(
			await refusal({ LineItems: [line({ Tracking: [region, region, region] })] }),
		).toHaveLength(1);
	});

	it('keeps its id when sent with it; all others are deleted and made anew', async () => {
		const before = await created({
			LineItems: [
				line({ Description: 'one' }),
				line({ Description: 'two' }),
				line({ Description: 'three' }),
			],
		});
		const [one, two] = before['LineItems'];

		const after = (
			await updated(before, {
				LineItems: [{ LineItemID: two.LineItemID, UnitAmount: 50 }, line({ Description: 'one' })],
			})
		).json['Invoices'][0];

		expect(after.LineItems.map(({ Description }: XeroRecord) => Description)).toEqual([
			'one',
			'two',
		]);
		expect(after.LineItems[0].LineItemID).not.toBe(one.LineItemID);
		expect(after.LineItems[1].LineItemID).toBe(two.LineItemID);
		expect(after.SubTotal).toBe(150);
	});

	it('stays as it is when an update leaves LineItems out', async () => {
		const before = await created();

		const after = (await updated(before, { Reference: 'New words' })).json['Invoices'][0];

		expect(after.Reference).toBe('New words');
		expect(after.LineItems).toEqual(before['LineItems']);
	});
});

describe('an approved invoice', () => {
	it.each([
		[
			'a contact',
			{ Contact: undefined },
			'A Contact must be specified for this type of transaction',
		],
		['lines', { LineItems: [] }, 'One or more line items must be specified'],
		['a due date', { DueDate: undefined }, 'A due date must be specified'],
		[
			'a description',
			{ LineItems: [line({ Description: undefined })] },
			'Description is required for each line item',
		],
		[
			'an account',
			{ LineItems: [line({ AccountCode: undefined })] },
			'Account code or ID must be specified',
		],
	])('needs %s', async (_case, changes, message) => {
		expect(await refusal(changes)).toEqual([message]);
	});

	it('may lack all that as a draft, except for the contact', async () => {
		expect(
			(
				await created({
					Status: 'DRAFT',
					DueDate: undefined,
					LineItems: [{ Description: 'Something' }],
				})
			)['Status'],
		).toBe('DRAFT');
		expect(await refusal({ Status: 'DRAFT', Contact: {} })).toEqual([
			'A Contact must be specified for this type of transaction',
		]);
	});
});

describe('numbers', () => {
	it('are given out for sales invoices that lack one', async () => {
		const [first, second] = [await created(), await created()];

		expect(first['InvoiceNumber']).toMatch(/^INV-\d{4}$/);
		expect(second['InvoiceNumber']).not.toBe(first['InvoiceNumber']);
	});

	it('are unique among sales invoices, and find the invoice on POST', async () => {
		const invoice = await created({ InvoiceNumber: 'UNIQ-1' });

		expect(await refusal({ InvoiceNumber: 'uniq-1' })).toEqual(['Invoice # must be unique.']);
		const posted = await sandbox.post('/Invoices', {
			Invoices: [{ InvoiceNumber: 'UNIQ-1', Reference: 'found' }],
		});
		expect(posted.json['Invoices'][0]).toMatchObject({
			InvoiceID: invoice['InvoiceID'],
			Reference: 'found',
		});
	});

	it('of bills repeat freely, so that a repeated POST makes a second bill', async () => {
		const bill = {
			...salesInvoice({ Type: 'ACCPAY', InvoiceNumber: 'SUP-9' }),
			LineItems: [line({ AccountCode: '400' })],
		};
		const ids = [
			await sandbox.post('/Invoices', { Invoices: [bill] }),
			await sandbox.post('/Invoices', { Invoices: [bill] }),
		].map(({ json }) => json['Invoices'][0].InvoiceID);

		expect(new Set(ids).size).toBe(2);
	});
});

describe('the contact of an invoice', () => {
	it('is made when nobody has its name, and found when someone has', async () => {
		const first = await created({ Contact: { Name: 'Brand New Customer' } });
		const second = await created({ Contact: { Name: 'brand new customer' } });

		expect(second['Contact'].ContactID).toBe(first['Contact'].ContactID);
		expect(second['Contact'].IsCustomer).toBe(true);
	});

	it('is changed by other fields sent along', async () => {
		const { Contact } = await created({ Contact: { Name: 'To Be Changed' } });
		await created({
			Contact: { ContactID: Contact.ContactID, EmailAddress: 'new@changed.example' },
		});

		expect(
			(await sandbox.get(`/Contacts/${Contact.ContactID}`)).json['Contacts'][0].EmailAddress,
		).toBe('new@changed.example');
	});

	it('is not made when the invoice is refused', async () => {
		await sandbox.put('/Invoices?summarizeErrors=false', {
			Invoices: [
				salesInvoice({
					Contact: { Name: 'Never Made' },
					LineItems: [line({ AccountCode: '999' })],
				}),
			],
		});

		expect((await sandbox.get('/Contacts?searchTerm=never%20made')).json['Contacts']).toEqual([]);
	});

	it('cannot be archived', async () => {
		const { Contact } = await created({ Contact: { Name: 'Archived Customer' } });
		await sandbox.post('/Contacts', { ContactID: Contact.ContactID, ContactStatus: 'ARCHIVED' });

		expect((await refusal({ Contact: { ContactID: Contact.ContactID } }))[0]).toMatch(
			/^The contact with the specified contact details has been archived/,
		);
	});

	it('makes the whole request a 404 when its id is unknown', async () => {
		const answer = await sandbox.put('/Invoices?summarizeErrors=false', {
			Invoices: [salesInvoice({ Contact: { ContactID: ZERO } })],
		});

		expect(answer.status).toBe(404);
	});
});

describe('statuses', () => {
	const MODIFICATION = 'Invoice not of valid status for modification';

	it.each(['PAID', 'VOIDED', 'DELETED'])('an invoice cannot be created %s', async (Status) => {
		expect(await refusal({ Status })).toEqual(['Invoice not of valid status for creation']);
	});

	it.each([
		['DRAFT', 'SUBMITTED'],
		['DRAFT', 'AUTHORISED'],
		['DRAFT', 'DELETED'],
		['SUBMITTED', 'DRAFT'],
		['SUBMITTED', 'AUTHORISED'],
		['SUBMITTED', 'DELETED'],
		['AUTHORISED', 'VOIDED'],
	])('%s may become %s', async (from, to) => {
		const answer = await updated(await created({ Status: from }), { Status: to });

		expect(answer.json['Invoices'][0].Status).toBe(to);
	});

	it.each([
		['DRAFT', 'VOIDED'],
		['AUTHORISED', 'DRAFT'],
		['AUTHORISED', 'DELETED'],
		['AUTHORISED', 'PAID'],
	])('%s may not become %s', async (from, to) => {
		expect(messagesOf(await updated(await created({ Status: from }), { Status: to }))).toEqual([
			MODIFICATION,
		]);
	});

	it('are final once VOIDED or DELETED', async () => {
		const invoice = await created();
		await updated(invoice, { Status: 'VOIDED' });

		expect(messagesOf(await updated(invoice, { Reference: 'late' }))).toEqual([MODIFICATION]);
		expect(
			(await sandbox.get(`/Invoices/${invoice['InvoiceID']}`)).json['Invoices'][0],
		).toMatchObject({ Status: 'VOIDED', AmountDue: 0 });
	});

	it('refuse voiding what has been paid in part, and changes of what was paid; words may change', async () => {
		const where = encodeURIComponent('Type=="ACCREC" AND Status=="AUTHORISED" AND AmountPaid!=0');
		const [partPaid] = (await sandbox.get(`/Invoices?page=1&where=${where}`)).json['Invoices'];

		expect(messagesOf(await updated(partPaid, { Status: 'VOIDED' }))).toEqual([
			'The status VOIDED cannot be applied to the invoice because it has payments or credit notes allocated to it.',
		]);
		expect(messagesOf(await updated(partPaid, { LineItems: [line()] }))).toEqual([
			'This document cannot be edited as it has a payment or credit note allocated to it.',
		]);
		expect((await updated(partPaid, { Reference: 'ok', DueDate: '2027-01-31' })).status).toBe(200);
	});
});

describe('the rest of a refusal', () => {
	it('echoes the element with the zero id, its lines marked', async () => {
		const answer = await sandbox.put('/Invoices', {
			Invoices: [salesInvoice({ Reference: 'echo me', LineItems: [line({ AccountCode: '999' })] })],
		});

		expect(answer.json['Elements'][0]).toMatchObject({
			InvoiceID: ZERO,
			Reference: 'echo me',
			HasErrors: true,
			LineItems: [{ AccountCode: '999', ValidationErrors: [] }],
		});
	});

	it.each([
		[{ CurrencyCode: 'EUR' }, 'Organisation is not subscribed to currency EUR'],
		[{ DueDate: '2026-02-30' }, 'DueDate is not a valid date'],
		[{ Type: 'ARPREPAYMENT' }, 'Invoice type must be ACCREC or ACCPAY'],
	])('names what is wrong with %j', async (changes, message) => {
		expect(await refusal(changes)).toContain(message);
	});

	it('names a document that is not there', async () => {
		const answer = await sandbox.post('/Invoices', {
			Invoices: [{ InvoiceID: '11111111-1111-4111-8111-111111111111' }],
		});

		expect(messagesOf(answer)).toEqual([
			'The document with the supplied id was not found for this endpoint.',
		]);
	});

	it('can be the approval limit of a small plan', async () => {
		await sandbox.setFaults({ approvalLimitReached: true });

		expect(await refusal({})).toEqual(['You have reached the limit of invoices you can approve']);
		await sandbox.setFaults({});
	});
});

it('saves 99 of 100 invoices and names the one', async () => {
	const Invoices = Array.from({ length: 100 }, (_, index) =>
		salesInvoice(index === 41 ? { LineItems: [line({ AccountCode: '999' })] } : {}),
	);

	const answer = await sandbox.put('/Invoices?summarizeErrors=false', { Invoices });

	const statuses: string[] = answer.json['Invoices'].map(
		({ StatusAttributeString }: XeroRecord) => StatusAttributeString,
	);
	expect(statuses.filter((status) => status === 'OK')).toHaveLength(99);
	expect(statuses[41]).toBe('ERROR');
});

it('prints dates in both of Xero’s forms, the day unmoved by time zones', async () => {
	expect(
		await created({ Date: '2026-03-29', DueDate: '/Date(1775001600000+0000)/' }),
	).toMatchObject({
		Date: '/Date(1774742400000+0000)/',
		DateString: '2026-03-29T00:00:00',
		DueDateString: '2026-04-01T00:00:00',
	});
});

it('reads one by id or number, and updates it at its own address', async () => {
	const { InvoiceID, InvoiceNumber } = await created();

	expect((await sandbox.get(`/Invoices/${InvoiceNumber}`)).json['Invoices'][0].InvoiceID).toBe(
		InvoiceID,
	);
	expect(
		(await sandbox.post(`/Invoices/${InvoiceID}`, { Invoices: [{ Reference: 'here' }] })).json[
			'Invoices'
		][0].Reference,
	).toBe('here');
});
