import { connectSandbox, messagesOf, type ConnectedSandbox } from './connectedSandbox';
import type { Json, XeroRecord, XeroRecords } from './XeroBody';

let sandbox: ConnectedSandbox;
beforeAll(async () => {
	sandbox = await connectSandbox();
});
afterAll(() => sandbox.close());

const quote = (changes: Json = {}): Json => ({
	Contact: { Name: 'Ridgeway Trading' },
	Date: '2026-11-01',
	ExpiryDate: '2026-11-30',
	LineItems: [consulting],
	...changes,
});
const consulting: Json = {
	Description: 'Consulting',
	Quantity: 2,
	UnitAmount: 100,
	AccountCode: '200',
	TaxType: 'OUTPUT2',
};
const created = async (changes: Json = {}): Promise<XeroRecord> => {
	const answer = await sandbox.put('/Quotes', { Quotes: [quote(changes)] });
	if (answer.status !== 200) throw new Error(answer.text);
	return (answer.json['Quotes'] as XeroRecords)[0];
};
const updated = (known: XeroRecord, changes: Json) =>
	sandbox.post('/Quotes', {
		Quotes: [
			{
				QuoteID: known['QuoteID'],
				Contact: { ContactID: known.Contact.ContactID },
				Date: '2026-11-01',
				...changes,
			},
		],
	});
const listed = async (query: string): Promise<readonly XeroRecord[]> =>
	(await sandbox.get(`/Quotes?${query}`)).json['Quotes'] as XeroRecords;

it('adds up like an invoice, and writes dates and tax treatment in its own way', async () => {
	expect(await created()).toMatchObject({
		QuoteNumber: expect.stringMatching(/^QU-\d{4}$/),
		Status: 'DRAFT',
		SubTotal: 200,
		TotalTax: 30,
		Total: 230,
		LineAmountTypes: 'EXCLUSIVE',
		Date: '/Date(1793491200000)/',
		DateString: '2026-11-01T00:00:00',
		ExpiryDateString: '2026-11-30T00:00:00',
	});
	expect(await created({ LineAmountTypes: 'inclusive' })).toMatchObject({
		Total: 200,
		LineAmountTypes: 'INCLUSIVE',
	});
});

it('allows discounts', async () => {
	const LineItems = [{ Description: 'Work', Quantity: 1, UnitAmount: 100, DiscountRate: 10 }];

	expect(await created({ LineItems })).toMatchObject({ SubTotal: 90, TotalDiscount: 10 });
});

describe('its status', () => {
	it.each([
		['SENT'],
		['SENT', 'ACCEPTED'],
		['SENT', 'DECLINED', 'SENT'],
		['SENT', 'ACCEPTED', 'INVOICED', 'SENT'],
		['SENT', 'ACCEPTED', 'INVOICED', 'DELETED'],
		['DELETED'],
	])('goes the way %s %s %s %s', async (...statuses: readonly (string | undefined)[]) => {
		const known = await created();

		for (const Status of statuses.filter((status) => status !== undefined)) {
			const answer = await updated(known, { Status });
			expect(answer.status).toBe(200);
			expect(answer.json['Quotes']).toMatchObject([{ Status }]);
		}
	});

	it.each([['ACCEPTED'], ['DECLINED'], ['INVOICED']])(
		'does not go from DRAFT to %s',
		async (Status) => {
			const answer = await updated(await created(), { Status });

			expect(answer.status).toBe(400);
			expect(messagesOf(answer)).toEqual([
				`Quote status cannot be changed from DRAFT to ${Status}`,
			]);
		},
	);

	it('is final once deleted', async () => {
		const known = await created();
		await updated(known, { Status: 'DELETED' });

		expect(messagesOf(await updated(known, { Title: 'Again' }))).toEqual([
			'Deleted quotes cannot be updated',
		]);
	});
});

it('loses on a change what the change does not repeat, lines aside', async () => {
	const known = await created({
		Reference: 'RFQ 12',
		Title: 'Website',
		LineAmountTypes: 'INCLUSIVE',
	});

	const { json } = await updated(known, { Title: 'Web shop' });
	expect(json['Quotes']).toMatchObject([
		{ Title: 'Web shop', LineAmountTypes: 'EXCLUSIVE', LineItems: [{ Description: 'Consulting' }] },
	]);
	expect((json['Quotes'] as XeroRecords)[0]).not.toHaveProperty('Reference');
	expect((json['Quotes'] as XeroRecords)[0]).not.toHaveProperty('ExpiryDate');
	expect(messagesOf(await updated(known, { Contact: undefined }))).toEqual([
		'A Contact must be specified for this type of transaction',
	]);
});

it('keeps its number for itself until it is deleted', async () => {
	const known = await created({ QuoteNumber: 'Q-7' });
	const again = () => sandbox.put('/Quotes', { Quotes: [quote({ QuoteNumber: 'q-7' })] });

	expect(messagesOf(await again())).toEqual(['Quote # must be unique.']);
	await updated(known, { Status: 'DELETED' });
	expect((await again()).status).toBe(200);
});

describe('a line', () => {
	it('without TaxType is not taxed, whatever its account or item says', async () => {
		const untaxed = { ...consulting, TaxType: undefined };
		const known = await created({ LineItems: [untaxed, { ...untaxed, ItemCode: 'BOOK' }] });

		expect(known).toMatchObject({ SubTotal: 400, TotalTax: 0, Total: 400 });
		expect(known.LineItems[0]).not.toHaveProperty('TaxType');
	});

	it('is tracked by ids, not by names', async () => {
		const [category] = (await sandbox.get('/TrackingCategories')).json[
			'TrackingCategories'
		] as XeroRecords;
		const [{ TrackingOptionID, Name: Option }] = category['Options'] as XeroRecords;
		const tracked = async (Tracking: Json) =>
			await sandbox.put('/Quotes', {
				Quotes: [quote({ LineItems: [{ ...consulting, Tracking: [Tracking] }] })],
			});

		expect(messagesOf(await tracked({ Name: category.Name, Option }))).toEqual([
			'Tracking must be specified by its TrackingOptionID',
		]);
		expect((await tracked({ TrackingOptionID })).json['Quotes']).toMatchObject([
			{ LineItems: [{ Tracking: [{ Name: category.Name, Option, TrackingOptionID }] }] },
		]);
	});

	it('keeps four decimals of its unit amount with unitdp=4 only', async () => {
		const LineItems = [{ ...consulting, Quantity: 10_000, UnitAmount: 0.0325 }];
		const write = async (query: string) =>
			await sandbox.put(`/Quotes${query}`, { Quotes: [quote({ LineItems })] });

		expect((await write('?unitdp=4')).json['Quotes']).toMatchObject([
			{ SubTotal: 325, LineItems: [{ UnitAmount: 0.0325 }] },
		]);
		expect((await write('')).json['Quotes']).toMatchObject([
			{ SubTotal: 300, LineItems: [{ UnitAmount: 0.03 }] },
		]);
	});
});

describe('once it is answered', () => {
	const answered = async () => {
		const known = await created({ Title: 'Website' });
		for (const Status of ['SENT', 'ACCEPTED']) await updated(known, { Title: 'Website', Status });
		return known;
	};

	it.each<[string, Json]>([
		['title', { Title: 'Web shop' }],
		['day', { Date: '2026-11-02' }],
		['amounts', { LineItems: [{ ...consulting, UnitAmount: 99 }] }],
	])('does not change its %s', async (_what, changes) => {
		const known = await answered();

		const refusal = await updated(known, changes);

		expect(messagesOf(refusal)).toEqual([
			'Only the contact of a quote with the status ACCEPTED can be updated',
		]);
	});

	it('changes its contact, and keeps what is not sent', async () => {
		const known = await answered();

		const { json } = await updated(known, { Contact: { Name: 'Melrose Parking' } });

		expect(json['Quotes']).toMatchObject([
			{ Contact: { Name: 'Melrose Parking' }, Title: 'Website', Total: 230 },
		]);
	});
});

describe('where Xero does other than its page of quotes says', () => {
	afterEach(() => sandbox.setFaults({}));

	it('a switch taxes lines by their account, takes names, and dates the quote itself', async () => {
		await sandbox.setFaults({
			quotes: { defaultsTax: true, tracksByName: true, defaultsDate: true },
		});
		const [category] = (await sandbox.get('/TrackingCategories')).json[
			'TrackingCategories'
		] as XeroRecords;
		const [{ Name: Option }] = category['Options'] as XeroRecords;
		const untaxed = { ...consulting, TaxType: undefined };

		const made = await created({
			Date: undefined,
			LineItems: [{ ...untaxed, Tracking: [{ Name: category.Name, Option }] }],
		});

		expect(made).toMatchObject({ TotalTax: 30, LineItems: [{ Tracking: [{ Option }] }] });
		expect(made.DateString).toMatch(/^\d{4}-\d\d-\d\dT00:00:00$/);
	});

	it('a switch lets answered quotes be changed', async () => {
		const known = await created();
		for (const Status of ['SENT', 'DECLINED']) await updated(known, { Status });
		await sandbox.setFaults({ quotes: { changesAnswered: true } });

		expect((await updated(known, { Title: 'Web shop' })).json['Quotes']).toMatchObject([
			{ Title: 'Web shop', Status: 'DECLINED' },
		]);
	});
});

it('needs a contact, a day and a line with a description', async () => {
	const refusal = async (changes: Json) =>
		messagesOf(await sandbox.put('/Quotes', { Quotes: [quote(changes)] }));

	expect(await refusal({ Contact: undefined })).toEqual([
		'A Contact must be specified for this type of transaction',
	]);
	expect(await refusal({ Date: undefined })).toEqual(['The Date field must be specified.']);
	expect(await refusal({ LineItems: [] })).toEqual(['One or more line items must be specified']);
	expect(await refusal({ LineItems: [{ UnitAmount: 1 }] })).toEqual([
		'Description is required for each line item',
	]);
});

describe('the list', () => {
	it('filters by its own parameters, and knows no where', async () => {
		const early = await created({
			Date: '2020-02-01',
			ExpiryDate: '2020-02-15',
			QuoteNumber: 'EARLY-1',
		});
		const ids = async (query: string) => (await listed(query)).map(({ QuoteID }) => QuoteID);

		expect(await ids('DateFrom=2020-02-01&DateTo=2020-02-01')).toEqual([early['QuoteID']]);
		expect(await ids('ExpiryDateTo=2020-02-15')).toEqual([early['QuoteID']]);
		expect(await ids('QuoteNumber=EARLY-1')).toEqual([early['QuoteID']]);
		expect(await ids('QuoteNumber=arly')).toEqual([early['QuoteID']]);
		expect(await ids('Status=SENT&DateTo=2020-12-31&where=nonsense')).toEqual([]);
		expect(await ids(`ContactID=${early.Contact.ContactID}&DateTo=2020-12-31`)).toEqual([
			early['QuoteID'],
		]);
	});

	it('comes in pages of 100 without a pagination object', async () => {
		const many = Array.from({ length: 120 }, () => quote({ Date: '2019-05-05' }));
		await sandbox.put('/Quotes', { Quotes: many });

		const first = await sandbox.get('/Quotes?page=1&DateTo=2019-12-31');
		expect(first.json['Quotes']).toHaveLength(100);
		expect(first.json).not.toHaveProperty('pagination');
		expect(first.json['SummarizeErrors']).toBe(false);
		expect(await listed('page=2&DateTo=2019-12-31')).toHaveLength(20);
		expect(await listed('page=3&DateTo=2019-12-31')).toHaveLength(0);
	});
});

it('reads one by id and answers 404 for another', async () => {
	const known = await created();

	expect((await sandbox.get(`/Quotes/${String(known['QuoteID'])}`)).json['Quotes']).toMatchObject([
		{ QuoteNumber: known['QuoteNumber'] },
	]);
	expect((await sandbox.get('/Quotes/11111111-2222-4333-8444-555555555555')).status).toBe(404);
});
