import { connectSandbox, messagesOf, type ConnectedSandbox } from './connectedSandbox';
import type { Json, XeroRecord, XeroRecords } from './XeroBody';

let sandbox: ConnectedSandbox;
beforeAll(async () => {
	sandbox = await connectSandbox();
	await sandbox.put('/Contacts', { Contacts: [{ Name: 'Melrose Parking' }] });
});
afterAll(() => sandbox.close());

const order = (changes: Json = {}): Json => ({
	Contact: { Name: 'Melrose Parking' },
	Date: '2026-11-01',
	DeliveryDate: '2026-11-20',
	LineItems: [{ Description: 'Permits', Quantity: 2, UnitAmount: 50, AccountCode: '449' }],
	...changes,
});
const put = (changes: Json = {}) =>
	sandbox.put('/PurchaseOrders', { PurchaseOrders: [order(changes)] });
const created = async (changes: Json = {}): Promise<XeroRecord> => {
	const answer = await put(changes);
	if (answer.status !== 200) throw new Error(answer.text);
	return (answer.json['PurchaseOrders'] as XeroRecords)[0];
};
const updated = (known: XeroRecord, changes: Json) =>
	sandbox.post('/PurchaseOrders', {
		PurchaseOrders: [{ PurchaseOrderID: known['PurchaseOrderID'], ...changes }],
	});

it('takes the purchases side of tax, and is numbered by Xero where no number is given', async () => {
	expect(await created()).toMatchObject({
		PurchaseOrderNumber: expect.stringMatching(/^PO-\d{4}$/),
		Type: 'PURCHASEORDER',
		Status: 'DRAFT',
		SubTotal: 100,
		TotalTax: 15,
		Total: 115,
		DeliveryDateString: '2026-11-20T00:00:00',
	});
});

it('takes a percentage off a line, and no amount', async () => {
	const guitar = { Description: 'Brand new Fender Strats', Quantity: 1, UnitAmount: 2500 };

	expect(await created({ LineItems: [{ ...guitar, DiscountRate: 10 }] })).toMatchObject({
		IsDiscounted: true,
		TotalDiscount: 250,
		SubTotal: 2250,
		LineItems: [{ UnitAmount: 2500, DiscountRate: 10, LineAmount: 2250 }],
	});
	expect(await created({ LineItems: [guitar] })).toMatchObject({
		IsDiscounted: false,
		TotalDiscount: 0,
	});
	expect(messagesOf(await put({ LineItems: [{ ...guitar, DiscountAmount: 250 }] }))).toEqual([
		'A DiscountAmount can only be applied to sales invoices and quotes',
	]);
});

it('keeps four decimals of a unit amount with unitdp=4 only', async () => {
	const LineItems = [{ Description: 'Screws', Quantity: 10_000, UnitAmount: 0.0325 }];
	const write = async (query: string) =>
		await sandbox.put(`/PurchaseOrders${query}`, { PurchaseOrders: [order({ LineItems })] });
	const fine = await write('?unitdp=4');
	const [{ PurchaseOrderID }] = fine.json['PurchaseOrders'] as XeroRecords;
	const unitAmount = async (query: string) => {
		const { json } = await sandbox.get(`/PurchaseOrders/${String(PurchaseOrderID)}${query}`);
		return (json['PurchaseOrders'] as XeroRecords)[0].LineItems[0].UnitAmount;
	};

	expect(fine.json['PurchaseOrders']).toMatchObject([{ SubTotal: 325 }]);
	expect([await unitAmount('?unitdp=4'), await unitAmount('')]).toEqual([0.0325, 0.03]);
	expect((await write('')).json['PurchaseOrders']).toMatchObject([{ SubTotal: 300 }]);
});

it('makes no contact', async () => {
	const answer = await put({ Contact: { Name: 'Nobody Knows' } });

	expect(messagesOf(answer)).toEqual(['The contact of a purchase order must exist.']);
	expect((await sandbox.get('/Contacts?searchTerm=Nobody')).json.Contacts).toEqual([]);
});

describe('its number', () => {
	it('silently changes the live order that has it, with PUT and with POST', async () => {
		const known = await created({ PurchaseOrderNumber: 'PO-LIVE' });

		for (const send of [sandbox.put, sandbox.post]) {
			const answer = await send('/PurchaseOrders', {
				PurchaseOrders: [order({ PurchaseOrderNumber: 'po-live', Reference: 'another' })],
			});
			expect(answer.json['PurchaseOrders']).toMatchObject([
				{ PurchaseOrderID: known['PurchaseOrderID'], Reference: 'another' },
			]);
		}
	});

	it('stays with a deleted order', async () => {
		const known = await created({ PurchaseOrderNumber: 'PO-GONE' });
		await updated(known, { Status: 'DELETED' });

		const answer = await sandbox.put('/PurchaseOrders?summarizeErrors=false', {
			PurchaseOrders: [order({ PurchaseOrderNumber: 'PO-GONE' })],
		});
		expect(answer.json['PurchaseOrders']).toMatchObject([
			{
				PurchaseOrderID: '00000000-0000-0000-0000-000000000000',
				StatusAttributeString: 'ERROR',
			},
		]);
		expect(messagesOf(answer)).toEqual([
			'PurchaseOrder status change is invalid',
			'Deleted PurchaseOrders cannot be updated',
		]);
	});

	it('cannot be given to a second order', async () => {
		await created({ PurchaseOrderNumber: 'PO-A' });
		const other = await created({ PurchaseOrderNumber: 'PO-B' });

		expect(messagesOf(await updated(other, { PurchaseOrderNumber: 'PO-A' }))).toEqual([
			'Order number must be unique',
		]);
	});

	it('opens the order as its id does', async () => {
		const known = await created({ PurchaseOrderNumber: 'PO-READ' });

		for (const key of ['PO-READ', known['PurchaseOrderID']]) {
			expect(
				(await sandbox.get(`/PurchaseOrders/${String(key)}`)).json['PurchaseOrders'],
			).toMatchObject([{ PurchaseOrderID: known['PurchaseOrderID'] }]);
		}
	});
});

it('is approved, billed and deleted, but not billed before it is approved', async () => {
	const known = await created();

	expect(messagesOf(await updated(known, { Status: 'BILLED' }))).toEqual([
		'PurchaseOrder status change is invalid',
	]);
	for (const Status of ['SUBMITTED', 'AUTHORISED', 'BILLED', 'DELETED']) {
		expect((await updated(known, { Status })).json['PurchaseOrders']).toMatchObject([{ Status }]);
	}
});

it('warns that only an approved order can be marked as sent', async () => {
	const answer = await sandbox.put('/PurchaseOrders?summarizeErrors=false', {
		PurchaseOrders: [order({ SentToContact: true })],
	});

	expect(answer.json['PurchaseOrders']).toMatchObject([
		{
			SentToContact: false,
			StatusAttributeString: 'WARNING',
			Warnings: [
				{ Message: 'Only AUTHORISED and BILLED purchase orders may have SentToContact updated.' },
			],
		},
	]);
});

it('lists by status and date, in pages', async () => {
	await created({ Date: '2018-03-03', Status: 'AUTHORISED' });
	await created({ Date: '2018-03-03' });

	const { json } = await sandbox.get('/PurchaseOrders?page=1&DateTo=2018-12-31&Status=AUTHORISED');
	expect(json['PurchaseOrders']).toHaveLength(1);
	expect(json.pagination).toEqual({ page: 1, pageSize: 100, pageCount: 1, itemCount: 1 });
});
