import { connectSandbox, messagesOf, type ConnectedSandbox } from './connectedSandbox';
import { paidDocuments, recordOf } from './paidDocuments';
import type { Json, XeroRecord, XeroRecords } from './XeroBody';

let sandbox: ConnectedSandbox;
beforeAll(async () => {
	sandbox = await connectSandbox();
});
afterAll(() => sandbox.close());

const { invoice, bill, read } = paidDocuments(() => sandbox);
const pay = (documents: readonly XeroRecord[], changes: Json = {}, Amount = 50) =>
	sandbox.put('/BatchPayments', {
		BatchPayments: [
			{
				Account: { Code: '090' },
				Date: '2026-11-05',
				Reference: 'Run 7',
				Payments: documents.map(({ InvoiceID }) => ({ Invoice: { InvoiceID }, Amount })),
				...changes,
			},
		],
	});
const invoiceOf = (known: XeroRecord) => read(`/Invoices/${known.InvoiceID}`);

it('pays several invoices out of one account', async () => {
	const owed = [await invoice(), await invoice()];

	const batch = recordOf(await pay(owed), 'BatchPayments');

	expect(batch).toMatchObject({
		Type: 'RECBATCH',
		Status: 'AUTHORISED',
		TotalAmount: 100,
		Reference: 'Run 7',
		Payments: [
			{ Amount: 50, Invoice: { InvoiceID: owed[0]?.InvoiceID } },
			{ Amount: 50, Invoice: { InvoiceID: owed[1]?.InvoiceID } },
		],
	});
	for (const document of owed) {
		expect(await invoiceOf(document)).toMatchObject({ AmountDue: 180, AmountPaid: 50 });
	}
	expect(await read(`/BatchPayments/${String(batch['BatchPaymentID'])}`)).toMatchObject(batch);
	const [first] = batch['Payments'] as XeroRecords;
	expect(await read(`/Payments/${String(first['PaymentID'])}`)).toMatchObject({
		BatchPaymentID: batch['BatchPaymentID'],
		BatchPayment: { TotalAmount: 100, Type: 'RECBATCH' },
	});
});

it('is one for bills when it pays bills', async () => {
	expect(recordOf(await pay([await bill()]), 'BatchPayments').Type).toBe('PAYBATCH');
});

it.each<[string, () => Promise<Parameters<typeof pay>>, string]>([
	['pays nothing', async () => [[]], 'One or more Payments must be specified'],
	[
		'mixes invoices and bills',
		async () => [[await invoice(), await bill()]],
		'All payments of a Batch Payment must be for invoices, or all for bills',
	],
	[
		'has no account',
		async () => [[await invoice()], { Account: undefined }],
		'You must specify an Account code or Account ID for the payment',
	],
	[
		'pays one of them too much',
		async () => [[await invoice()], {}, 231],
		'Payment amount exceeds the amount outstanding on this document',
	],
])('is refused when it %s', async (_case, request, message) => {
	expect(messagesOf(await pay(...(await request())))).toEqual([message]);
});

it('pays all of its invoices or none', async () => {
	const [good, draft] = [await invoice(), await invoice({ Status: 'DRAFT' })];

	const answer = await pay([good, draft]);

	expect(messagesOf(answer)).toContain('Payments can only be made against Authorised documents');
	expect(await invoiceOf(good)).toMatchObject({ AmountDue: 230, Payments: [] });
});

it.each<[string, (id: unknown) => readonly [string, Json]]>([
	['its address', (id) => [`/BatchPayments/${String(id)}`, { Status: 'DELETED' }]],
	['its id in the body', (id) => ['/BatchPayments', { BatchPaymentID: id, Status: 'DELETED' }]],
])('is deleted with all its payments through %s', async (_case, request) => {
	const owed = await invoice();
	const batch = recordOf(await pay([owed]), 'BatchPayments');

	const deleted = recordOf(
		await sandbox.post(...request(batch['BatchPaymentID'])),
		'BatchPayments',
	);

	expect(deleted).toMatchObject({ Status: 'DELETED', Payments: [], TotalAmount: 50 });
	expect(await invoiceOf(owed)).toMatchObject({ AmountDue: 230, Payments: [] });
	expect(messagesOf(await sandbox.post(...request(batch['BatchPaymentID'])))).toEqual([
		'Batch Payment not of valid status for modification',
	]);
});

it('keeps its payments from being deleted alone, unless told otherwise', async () => {
	const batch = recordOf(await pay([await invoice()]), 'BatchPayments');
	const [only] = batch['Payments'] as XeroRecords;
	const remove = () =>
		sandbox.post(`/Payments/${String(only['PaymentID'])}`, { Status: 'DELETED' });

	expect(messagesOf(await remove())).toEqual([
		'This payment is part of a batch payment. Delete the batch payment instead.',
	]);
	await sandbox.setFaults({ deletesPaymentsOfBatches: true });
	expect((await remove()).status).toBe(200);
	await sandbox.setFaults({});
});

it('is listed whole, and found by its status', async () => {
	const batch = recordOf(await pay([await invoice()]), 'BatchPayments');
	await sandbox.post('/BatchPayments', {
		BatchPaymentID: batch['BatchPaymentID'],
		Status: 'DELETED',
	});

	const deleted = await sandbox.get('/BatchPayments?where=Status=="DELETED"&order=Date DESC');

	expect(deleted.json.pagination).toBeUndefined();
	expect(deleted.json['BatchPayments']).toContainEqual(
		expect.objectContaining({ BatchPaymentID: batch['BatchPaymentID'] }),
	);
});
