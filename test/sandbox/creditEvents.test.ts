import { connectSandbox, type ConnectedSandbox } from './connectedSandbox';
import { paidDocuments, recordOf } from './paidDocuments';
import { startReceiver, type WebhookReceiver } from './webhookReceiver';

let sandbox: ConnectedSandbox;
let receiver: WebhookReceiver;

beforeEach(async () => {
	sandbox = await connectSandbox();
	receiver = await startReceiver(() => sandbox.app.webhookKey);
});
afterEach(async () => {
	await sandbox.close();
	await receiver.close();
});

const { creditNote, invoice, bankCredit } = paidDocuments(() => sandbox);
const listen = async (categories: readonly string[], webhooks: Record<string, unknown> = {}) => {
	await sandbox.setFaults({ webhooks: { coalesceMs: 0, ...webhooks } });
	await sandbox.setWebhook(sandbox.app.clientId, receiver.url, categories);
};
const events = async (count: number) => {
	const told = () => receiver.received.flatMap(({ body }) => body.events);
	for (let payloads = 1; told().length < count; payloads += 1) await receiver.until(payloads);
	return told();
};

it('tells of a credit note with its type and status', async () => {
	await listen(['CREDITNOTE']);

	const known = await creditNote();
	await sandbox.post(`/CreditNotes/${String(known['CreditNoteID'])}`, { Status: 'VOIDED' });

	expect(await events(2)).toMatchObject([
		{
			eventCategory: 'CREDITNOTE',
			eventType: 'CREATE',
			resourceId: known['CreditNoteID'],
			resourceUrl: `${sandbox.url}/api.xro/2.0/CreditNotes/${String(known['CreditNoteID'])}`,
			data: { Type: 'ACCRECCREDIT', Status: 'AUTHORISED' },
		},
		{ eventType: 'UPDATE', data: { Type: 'ACCRECCREDIT', Status: 'VOIDED' } },
	]);
});

it.each([
	['PREPAYMENT', 'RECEIVE-PREPAYMENT'],
	['OVERPAYMENT', 'SPEND-OVERPAYMENT'],
])('tells of a new %s with its type, status and moment', async (category, type) => {
	await listen([category]);

	await bankCredit(type);

	expect(await events(1)).toMatchObject([
		{
			eventCategory: category,
			eventType: 'CREATE',
			data: {
				Type: type,
				Status: 'AUTHORISED',
				UpdatedDateUTCString: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/),
			},
		},
	]);
});

it('tells of a payment without data, and of the invoice that it pays', async () => {
	const owed = await invoice();
	await listen(['PAYMENT', 'INVOICE']);

	const made = recordOf(
		await sandbox.put('/Payments', {
			Invoice: { InvoiceID: owed.InvoiceID },
			Account: { Code: '090' },
			Amount: 230,
		}),
		'Payments',
	);

	const told = await events(2);
	expect(told).toEqual([
		expect.objectContaining({ eventCategory: 'PAYMENT', resourceId: made['PaymentID'] }),
		expect.objectContaining({
			eventCategory: 'INVOICE',
			eventType: 'UPDATE',
			resourceId: owed.InvoiceID,
		}),
	]);
	expect(told[0]).not.toHaveProperty('data');
});

it('gives events data, or none, as a test wants it', async () => {
	const owed = await invoice();
	await listen(['PAYMENT', 'CREDITNOTE'], { withoutData: ['CREDITNOTE'] });

	await creditNote();
	await sandbox.put('/Payments', {
		Invoice: { InvoiceID: owed.InvoiceID },
		Account: { Code: '090' },
		Amount: 1,
	});

	const [ofCreditNote, ofPayment] = await events(2);
	expect(ofCreditNote).not.toHaveProperty('data');
	expect(ofPayment).toMatchObject({ data: { Type: 'ACCRECPAYMENT', Status: 'AUTHORISED' } });
});

it('tells of both sides of an allocation', async () => {
	const [credit, owed] = [await creditNote(), await invoice()];
	await listen(['CREDITNOTE', 'INVOICE']);

	await sandbox.put(`/CreditNotes/${String(credit['CreditNoteID'])}/Allocations`, {
		Amount: 115,
		Invoice: { InvoiceID: owed.InvoiceID },
	});

	expect(await events(2)).toMatchObject([
		{ eventCategory: 'INVOICE', resourceId: owed.InvoiceID },
		{ eventCategory: 'CREDITNOTE', data: { Status: 'PAID' } },
	]);
});
