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

async function document(changes: Json = {}): Promise<XeroRecord> {
	const { json } = await sandbox.put('/Invoices', { Invoices: [salesInvoice(changes)] });
	return json['Invoices'][0];
}

const bill = async (changes: Json = {}) =>
	await document({
		Type: 'ACCPAY',
		LineItems: [{ Description: 'Ink', Quantity: 1, UnitAmount: 50, AccountCode: '453' }],
		...changes,
	});

const sourceOf = ({ InvoiceID, LineItems }: XeroRecord) => ({
	SourceTransactionID: InvoiceID,
	SourceLineItemID: LineItems[0].LineItemID,
});

async function link(body: Json): Promise<XeroRecord> {
	const { json } = await sandbox.put('/LinkedTransactions', body);
	return json['LinkedTransactions'][0];
}

const statusOf = async (id: string) =>
	(await sandbox.get(`/LinkedTransactions/${id}`)).json['LinkedTransactions'][0].Status;

it('follows the bill and the sale that it stands between', async () => {
	const bought = await bill({ Status: 'DRAFT' });
	const sold = await document({ Status: 'DRAFT' });
	const { LinkedTransactionID: id, Status: first } = await link(sourceOf(bought));
	const approve = async ({ InvoiceID }: XeroRecord, Status = 'AUTHORISED') =>
		await sandbox.post(`/Invoices/${InvoiceID}`, { Status });

	await approve(bought);
	const approved = await statusOf(id);
	await sandbox.post(`/LinkedTransactions/${id}`, { TargetTransactionID: sold.InvoiceID });
	const onDraft = await statusOf(id);
	await approve(sold);
	const billed = await statusOf(id);
	await approve(sold, 'VOIDED');
	const freed = await statusOf(id);
	await approve(bought, 'VOIDED');

	expect([first, approved, onDraft, billed, freed, await statusOf(id)]).toEqual([
		'DRAFT',
		'APPROVED',
		'ONDRAFT',
		'BILLED',
		'APPROVED',
		'VOIDED',
	]);
});

it('goes to the customer of the sale', async () => {
	const sold = await document();
	const linked = await link({
		...sourceOf(await bill()),
		TargetTransactionID: sold.InvoiceID,
		TargetLineItemID: sold.LineItems[0].LineItemID,
	});

	expect(linked).toMatchObject({
		ContactID: sold.Contact.ContactID,
		SourceTransactionTypeCode: 'ACCPAY',
		Type: 'BILLABLEEXPENSE',
		Status: 'BILLED',
	});
});

it('comes from money spent too', async () => {
	const { json } = await sandbox.put('/BankTransactions', {
		Type: 'SPEND',
		Contact: { Name: 'Stationer' },
		BankAccount: { Code: '090' },
		LineItems: [{ Description: 'Pens', Quantity: 1, UnitAmount: 5, AccountCode: '453' }],
	});
	const { BankTransactionID, LineItems } = json['BankTransactions'][0];

	const linked = await link({
		SourceTransactionID: BankTransactionID,
		SourceLineItemID: LineItems[0].LineItemID,
	});

	expect(linked).toMatchObject({ SourceTransactionTypeCode: 'SPEND', Status: 'APPROVED' });
});

it('is refused where the parts do not belong together', async () => {
	const [one, other] = [await bill(), await bill()];
	const sold = await document();
	const stranger = await document({ Contact: { Name: 'Somebody else' } });
	const refused = async (body: Json) => messagesOf(await sandbox.put('/LinkedTransactions', body));

	expect(await refused({ ...sourceOf(one), ...{ SourceTransactionID: other.InvoiceID } })).toEqual([
		'The SourceLineItemID and SourceTransactionID do not match',
	]);
	expect(
		await refused({
			...sourceOf(one),
			ContactID: stranger.Contact.ContactID,
			TargetTransactionID: sold.InvoiceID,
		}),
	).toEqual(['The ContactID and the TargetTransaction ContactID do not match']);
	expect(await refused({ ...sourceOf(one), TargetTransactionID: other.InvoiceID })).toEqual([
		'The TargetTransactionID is not of a sales invoice',
	]);
	expect(await refused({})).toEqual(['SourceTransactionID and SourceLineItemID must be specified']);
});

it('stands once for each line', async () => {
	const source = sourceOf(await bill());
	await link(source);

	expect(messagesOf(await sandbox.put('/LinkedTransactions', source))).toEqual([
		'The source line item is linked already',
	]);
});

it('is found by source, target, customer and status', async () => {
	const [bought, sold] = [await bill(), await document({ Contact: { Name: 'Only customer' } })];
	const { LinkedTransactionID: id } = await link({
		...sourceOf(bought),
		TargetTransactionID: sold.InvoiceID,
	});
	const found = async (query: string) =>
		(await sandbox.get(`/LinkedTransactions?${query}`)).json['LinkedTransactions'].map(
			({ LinkedTransactionID }: XeroRecord) => LinkedTransactionID,
		);

	for (const query of [
		`LinkedTransactionID=${id}`,
		`SourceTransactionID=${bought.InvoiceID}`,
		`TargetTransactionID=${sold.InvoiceID}`,
		`ContactID=${sold.Contact.ContactID}&Status=BILLED`,
	]) {
		expect(await found(query)).toEqual([id]);
	}
	expect(await found(`ContactID=${sold.Contact.ContactID}&Status=DRAFT`)).toEqual([]);
});

it('is deleted until it is billed', async () => {
	const free = await link(sourceOf(await bill()));
	const { InvoiceID: TargetTransactionID } = await document();
	const billed = await link({ ...sourceOf(await bill()), TargetTransactionID });
	const remove = async ({ LinkedTransactionID }: XeroRecord) =>
		(await sandbox.delete(`/LinkedTransactions/${LinkedTransactionID}`)).status;

	expect([await remove(free), await remove(free), await remove(billed)]).toEqual([204, 404, 400]);
});
