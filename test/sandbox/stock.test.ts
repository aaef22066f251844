import {
	connectSandbox,
	messagesOf,
	salesInvoice,
	type ConnectedSandbox,
} from './connectedSandbox';
import type { Json } from './XeroBody';

let sandbox: ConnectedSandbox;
beforeAll(async () => {
	sandbox = await connectSandbox();
});
afterAll(() => sandbox.close());

async function trackedItem(code: string): Promise<void> {
	await sandbox.put('/Items', {
		Code: code,
		InventoryAssetAccountCode: '630',
		PurchaseDetails: { UnitPrice: 5, COGSAccountCode: '310' },
	});
}

async function move(code: string, quantity: number, price: number, changes: Json): Promise<void> {
	const { Type } = changes;
	const line = { Description: 'Boxes', Quantity: quantity, UnitAmount: price };
	await sandbox.put('/Invoices', {
		Invoices: [
			salesInvoice({
				LineItems: [{ ...line, ItemCode: code, AccountCode: Type === 'ACCPAY' ? '630' : '200' }],
				...changes,
			}),
		],
	});
}

const stockOf = async (code: string) => (await sandbox.get(`/Items/${code}`)).json['Items'][0];

it('is what approved bills brought, less what approved sales took, at average cost', async () => {
	await trackedItem('BOX');
	await move('BOX', 10, 5, { Type: 'ACCPAY', Date: '2026-11-01' });
	await move('BOX', 10, 7, { Type: 'ACCPAY', Date: '2026-11-02' });
	await move('BOX', 5, 20, { Date: '2026-11-03' });
	await move('BOX', 3, 20, { Date: '2026-11-04', Status: 'DRAFT' });

	expect(await stockOf('BOX')).toMatchObject({
		QuantityOnHand: 15,
		QuantityAvailable: 15,
		QuantityOnBackOrder: 0,
		TotalCostPool: 90,
	});
});

it('is owed where more was sold than there is', async () => {
	await trackedItem('CRATE');
	await move('CRATE', 2, 20, { Date: '2026-11-03' });

	expect(await stockOf('CRATE')).toMatchObject({
		QuantityOnHand: 0,
		QuantityAvailable: -2,
		QuantityOnBackOrder: 2,
		TotalCostPool: 0,
	});
});

it('is not counted of an item without an inventory account', async () => {
	expect(await stockOf('BOOK')).not.toHaveProperty('QuantityOnHand');
});

it('keeps its item from being deleted', async () => {
	await trackedItem('KEPT');
	const { ItemID } = await stockOf('KEPT');
	const refused = await sandbox.delete(`/Items/${ItemID}`);

	expect(refused.status).toBe(400);
	expect(messagesOf(refused)).toEqual(['An item that is tracked as inventory cannot be deleted.']);
	expect((await stockOf('KEPT')).ItemID).toBe(ItemID);
});
