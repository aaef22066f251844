import { connectSandbox, messagesOf, type ConnectedSandbox } from './connectedSandbox';
import { paidDocuments, recordOf } from './paidDocuments';
import type { Json, XeroRecord, XeroRecords } from './XeroBody';

let sandbox: ConnectedSandbox;
beforeAll(async () => {
	sandbox = await connectSandbox();
});
afterAll(() => sandbox.close());

const { creditNote, invoice, bill, bankCredit, read } = paidDocuments(() => sandbox);
const payment = (changes: Json): Json => ({
	Account: { Code: '090' },
	Date: '2026-11-05',
	Amount: 100,
	...changes,
});
const pay = (changes: Json, query = '') =>
	sandbox.put(`/Payments${query}`, { Payments: [payment(changes)] });
const paid = async (changes: Json) => recordOf(await pay(changes), 'Payments');
const invoiceOf = (known: XeroRecord) => read(`/Invoices/${known.InvoiceID}`);
const remove = (known: XeroRecord) =>
	sandbox.post(`/Payments/${String(known['PaymentID'])}`, { Status: 'DELETED' });

describe('a payment', () => {
	it('lessens what is due, cent by cent, until the invoice is paid', async () => {
		const owed = await invoice();
		const Invoice = { InvoiceID: owed.InvoiceID };

		await paid({ Invoice, Amount: 99.99, Reference: 'First' });
		expect(await invoiceOf(owed)).toMatchObject({
			AmountDue: 130.01,
			AmountPaid: 99.99,
			Status: 'AUTHORISED',
			Payments: [{ Amount: 99.99, Reference: 'First' }],
		});
		await paid({ Invoice, Amount: 130.01, Date: '2026-11-07' });
		expect(await invoiceOf(owed)).toMatchObject({
			AmountDue: 0,
			AmountPaid: 230,
			Status: 'PAID',
			FullyPaidOnDate: '/Date(1794009600000+0000)/',
		});
	});

	it('tells all of itself, its account and its invoice', async () => {
		const owed = await invoice();
		const made = await paid({ Invoice: { InvoiceID: owed.InvoiceID }, Reference: 'Cheque 7' });

		expect(await read(`/Payments/${String(made['PaymentID'])}`)).toMatchObject({
			PaymentType: 'ACCRECPAYMENT',
			Status: 'AUTHORISED',
			Amount: 100,
			BankAmount: 100,
			Reference: 'Cheque 7',
			IsReconciled: false,
			Account: { Code: '090', Name: 'Business Bank Account' },
			Invoice: { InvoiceNumber: owed.InvoiceNumber, AmountDue: 130, LineItems: [{}] },
		});
		expect(await sandbox.get(`/Payments/${owed.InvoiceID}`)).toMatchObject({ status: 404 });
	});

	it.each<[string, string, () => Promise<Json>]>([
		['an invoice by its id', 'ACCRECPAYMENT', async () => idOf(await invoice(), 'Invoice')],
		['an invoice by its number', 'ACCRECPAYMENT', async () => numberOf(await invoice(), 'Invoice')],
		[
			'an invoice by a number of its own',
			'ACCRECPAYMENT',
			async () => ({ InvoiceNumber: (await invoice()).InvoiceNumber }),
		],
		['a bill', 'ACCPAYPAYMENT', async () => idOf(await bill(), 'Invoice')],
		['a credit note', 'ARCREDITPAYMENT', async () => idOf(await creditNote(), 'CreditNote')],
		[
			'a credit note by its number',
			'ARCREDITPAYMENT',
			async () => ({ CreditNoteNumber: (await creditNote())['CreditNoteNumber'] }),
		],
		[
			'a prepayment',
			'ARPREPAYMENTPAYMENT',
			async () => idOf(await bankCredit('RECEIVE-PREPAYMENT'), 'Prepayment'),
		],
		[
			'an overpayment',
			'APOVERPAYMENTPAYMENT',
			async () => idOf(await bankCredit('SPEND-OVERPAYMENT'), 'Overpayment'),
		],
	])('names %s', async (_case, PaymentType, named) => {
		expect(await paid({ ...(await named()), Amount: 1 })).toMatchObject({
			PaymentType,
			Amount: 1,
			HasValidationErrors: false,
		});
	});

	it('pays a credit back, and shows the credit in the shape of an invoice', async () => {
		const credit = await creditNote();
		const made = await paid({ CreditNote: { CreditNoteID: credit['CreditNoteID'] }, Amount: 115 });

		expect(made.Invoice).toMatchObject({
			Type: 'ACCRECCREDIT',
			InvoiceID: credit['CreditNoteID'],
			InvoiceNumber: credit['CreditNoteNumber'],
			AmountDue: 0,
			AmountPaid: 115,
		});
		expect(await read(`/CreditNotes/${String(credit['CreditNoteID'])}`)).toMatchObject({
			RemainingCredit: 0,
			Status: 'PAID',
			Payments: [{ Amount: 115 }],
		});
	});

	it.each<[string, Json, string]>([
		[
			'no account',
			{ Account: undefined },
			'You must specify an Account code or Account ID for the payment',
		],
		['an unknown account', { Account: { Code: '999' } }, 'Account could not be found'],
		[
			'an account that is neither a bank nor open to payments',
			{ Account: { Code: '200' } },
			"Account code '200' is not a valid code for this document.",
		],
		['nothing', { Amount: 0 }, 'The payment Amount must be greater than zero'],
		[
			'more than is due',
			{ Amount: 230.01 },
			'Payment amount exceeds the amount outstanding on this document',
		],
	])('of %s is refused', async (_case, changes, message) => {
		const owed = await invoice();

		const answer = await pay({ Invoice: { InvoiceID: owed.InvoiceID }, ...changes });

		expect(messagesOf(answer)).toEqual([message]);
		expect(await invoiceOf(owed)).toMatchObject({ AmountDue: 230, Payments: [] });
	});

	it('is taken by an account that payments are enabled for', async () => {
		const owed = await invoice();

		expect(
			await paid({ Invoice: { InvoiceID: owed.InvoiceID }, Account: { Code: '970' } }),
		).toMatchObject({ Account: { Name: 'Owner A Funds Introduced' } });
	});

	it.each<[string, () => Promise<Json>, readonly string[]]>([
		[
			'a draft',
			async () => idOf(await invoice({ Status: 'DRAFT' }), 'Invoice'),
			[
				'Payments can only be made against Authorised documents',
				'Payment amount exceeds the amount outstanding on this document',
			],
		],
		[
			'nothing',
			async () => ({}),
			['A Payment must name an Invoice, CreditNote, Prepayment or Overpayment'],
		],
		[
			'two documents',
			async () => ({
				...idOf(await invoice(), 'Invoice'),
				...idOf(await creditNote(), 'CreditNote'),
			}),
			['Payment is applied to more than one document.'],
		],
		[
			'an unknown invoice',
			async () => ({ Invoice: { InvoiceID: sandbox.tenantId } }),
			['Document could not be found'],
		],
	])('for %s is refused', async (_case, named, messages) => {
		expect(messagesOf(await pay(await named()))).toEqual(messages);
	});
});

describe('a refused payment', () => {
	const tooMuch = async () => ({
		Invoice: { InvoiceID: (await invoice()).InvoiceID },
		Amount: 1_000,
	});

	it('comes inside a 200 with summarizeErrors=false, with an id that names nothing and the invoice as it stands', async () => {
		const answer = await sandbox.put('/Payments?summarizeErrors=false', payment(await tooMuch()));
		const [refused] = answer.json['Payments'] as XeroRecords;

		expect(answer.status).toBe(200);
		expect(refused).toMatchObject({
			Amount: 1_000,
			HasValidationErrors: true,
			Invoice: { AmountDue: 230, AmountPaid: 0 },
		});
		expect(await sandbox.get(`/Payments/${String(refused['PaymentID'])}`)).toMatchObject({
			status: 404,
		});
	});

	it('leaves the payments beside it, in the order of the request', async () => {
		const bad = payment(await tooMuch());
		const good = payment({ Invoice: { InvoiceID: (await invoice()).InvoiceID } });

		const answer = await sandbox.put('/Payments?summarizeErrors=false', {
			Payments: [good, bad, good],
		});

		expect(answer.json['Payments']).toMatchObject([
			{ StatusAttributeString: 'OK', HasValidationErrors: false },
			{ StatusAttributeString: 'ERROR', HasValidationErrors: true },
			{ StatusAttributeString: 'OK', Invoice: { AmountDue: 30 } },
		]);
	});

	it('refuses the whole request otherwise, unless switched to the 200 of the contract', async () => {
		const answer = await pay(await tooMuch());
		await sandbox.setFaults({ paymentErrorsIn200: true });
		const switched = await pay(await tooMuch());
		await sandbox.setFaults({});

		expect(answer.status).toBe(400);
		expect(switched.status).toBe(200);
		expect(messagesOf(answer)).toEqual([
			'Payment amount exceeds the amount outstanding on this document',
		]);
	});
});

describe('a deleted payment', () => {
	it('stays in the list, and its invoice owes the amount again', async () => {
		const owed = await invoice();
		const made = await paid({ Invoice: { InvoiceID: owed.InvoiceID }, Amount: 230 });

		const deleted = recordOf(await remove(made), 'Payments');

		expect(deleted).toMatchObject({ Status: 'DELETED', Amount: 230 });
		expect(await invoiceOf(owed)).toMatchObject({
			Status: 'AUTHORISED',
			AmountDue: 230,
			AmountPaid: 0,
			Payments: [],
		});
		const listed = await sandbox.get(
			`/Payments?page=1&where=Invoice.InvoiceID==Guid("${owed.InvoiceID}")`,
		);
		expect(listed.json['Payments']).toMatchObject([{ Status: 'DELETED' }]);
		expect(messagesOf(await remove(made))).toEqual([
			'Payment not of valid status for modification',
		]);
	});

	it('is the only change that a payment can have', async () => {
		const made = await paid({ Invoice: { InvoiceID: (await invoice()).InvoiceID } });
		const changed = await sandbox.post(`/Payments/${String(made['PaymentID'])}`, { Amount: 1 });

		expect(messagesOf(changed)).toEqual(['Payment not of valid status for modification']);
	});
});

describe('the list of payments', () => {
	it('is paged, and holds the payments of the invoices that are there from the start', async () => {
		const seeded = await read('/Invoices?page=1&where=Status=="PAID"&order=UpdatedDateUTC ASC');
		const [held] = seeded['Payments'] as XeroRecords;

		const answer = await sandbox.get('/Payments?page=1&pageSize=2');

		expect(answer.json.pagination.itemCount).toBeGreaterThan(2);
		expect(answer.json['Payments']).toHaveLength(2);
		expect(await read(`/Payments/${String(held['PaymentID'])}`)).toMatchObject({
			Account: { Code: '090' },
			Invoice: { InvoiceID: seeded.InvoiceID, AmountDue: 0 },
		});
	});

	it('is filtered by account, amount and reference', async () => {
		const owed = await invoice();
		await paid({ Invoice: { InvoiceID: owed.InvoiceID }, Amount: 12.34, Reference: 'Filtered' });

		const answer = await sandbox.get(
			'/Payments?page=1&where=Amount==12.34 AND Reference=="Filtered" AND Account.Code=="090"',
		);

		expect(answer.json.pagination.itemCount).toBe(1);
	});
});

function idOf(record: XeroRecord, kind: string): Json {
	return { [kind]: { [`${kind}ID`]: record[`${kind}ID`] } };
}

function numberOf(record: XeroRecord, kind: string): Json {
	return { [kind]: { [`${kind}Number`]: record[`${kind}Number`] } };
}
