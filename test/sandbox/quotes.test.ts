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
	LineItems: [{ Description: 'Consulting', Quantity: 2, UnitAmount: 100, AccountCode: '200' }],
	...changes,
});
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

it('needs a contact and a line with a description', async () => {
	const refusal = async (changes: Json) =>
		messagesOf(await sandbox.put('/Quotes', { Quotes: [quote(changes)] }));

	expect(await refusal({ Contact: undefined })).toEqual([
		'A Contact must be specified for this type of transaction',
	]);
	expect(await refusal({ LineItems: [] })).toEqual(['One or more line items must be specified']);
	expect(await refusal({ LineItems: [{ UnitAmount: 1 }] })).toEqual([
		'Description is required for each line item',
	]);
});

describe('the list', () => {
	it('filters by its own parameters, and knows no where', async () => {
		const early = await created({ Date: '2020-02-01', ExpiryDate: '2020-02-15' });
		const ids = async (query: string) => (await listed(query)).map(({ QuoteID }) => QuoteID);

		expect(await ids('DateFrom=2020-02-01&DateTo=2020-02-01')).toEqual([early['QuoteID']]);
		expect(await ids('ExpiryDateTo=2020-02-15')).toEqual([early['QuoteID']]);
		expect(await ids(`QuoteNumber=${String(early['QuoteNumber'])}`)).toEqual([early['QuoteID']]);
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
