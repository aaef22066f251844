import {
	AccountingApi,
	BankTransaction,
	CreditNote,
	Invoice,
	LineAmountTypes,
	type Payment,
	RepeatingInvoice,
	Schedule,
	type LineItem,
} from 'xero-node';
import { connectSandbox, type ConnectedSandbox } from './connectedSandbox';

/** Xero's own SDK on credits and payments, as a client that knows nothing of us. */
let sandbox: ConnectedSandbox;
let api: AccountingApi;

beforeAll(async () => {
	sandbox = await connectSandbox();
	api = new AccountingApi(`${sandbox.url}/api.xro/2.0`);
	api.accessToken = sandbox.tokens.access_token;
});
afterAll(() => sandbox.close());

const contact = { name: 'Customer of the SDK' };
const lineItems: LineItem[] = [
	{ description: 'Work', quantity: 1, unitAmount: 100, accountCode: '200' },
];
const account = { code: '090' };

async function invoiceOf115(): Promise<Invoice> {
	const { body } = await api.createInvoices(sandbox.tenantId, {
		invoices: [
			{
				type: Invoice.TypeEnum.ACCREC,
				status: Invoice.StatusEnum.AUTHORISED,
				contact,
				date: '2026-11-02',
				dueDate: '2026-11-30',
				lineItems,
			},
		],
	});
	return body.invoices?.[0] as Invoice;
}

it('allocates a credit note to an invoice and takes that back', async () => {
	const { invoiceID } = await invoiceOf115();
	const created = await api.createCreditNotes(sandbox.tenantId, {
		creditNotes: [
			{
				type: CreditNote.TypeEnum.ACCRECCREDIT,
				status: CreditNote.StatusEnum.AUTHORISED,
				contact,
				date: '2026-11-03',
				lineItems,
			},
		],
	});
	const creditNoteID = created.body.creditNotes?.[0]?.creditNoteID as string;

	const allocated = await api.createCreditNoteAllocation(sandbox.tenantId, creditNoteID, {
		allocations: [{ amount: 15, date: '2026-11-04', invoice: { invoiceID } }],
	});
	const used = await api.getCreditNote(sandbox.tenantId, creditNoteID);
	const owed = await api.getInvoice(sandbox.tenantId, invoiceID as string);
	const allocationID = allocated.body.allocations?.[0]?.allocationID as string;
	const removed = await api.deleteCreditNoteAllocations(
		sandbox.tenantId,
		creditNoteID,
		allocationID,
	);
	const unused = await api.getCreditNote(sandbox.tenantId, creditNoteID);

	expect(used.body.creditNotes?.[0]).toMatchObject({ remainingCredit: 100, total: 115 });
	expect(owed.body.invoices?.[0]).toMatchObject({
		amountCredited: 15,
		amountDue: 100,
		creditNotes: [{ creditNoteID, appliedAmount: 15 }],
	});
	expect(removed.body.isDeleted).toBe(true);
	expect(unused.body.creditNotes?.[0]?.remainingCredit).toBe(115);
});

it('takes a prepayment and an overpayment through the bank, and allocates them', async () => {
	const receive = async (type: BankTransaction.TypeEnum, accountCode: string) => {
		const { body } = await api.createBankTransactions(sandbox.tenantId, {
			bankTransactions: [
				{
					type,
					contact,
					bankAccount: account,
					date: '2026-11-03',
					lineAmountTypes: LineAmountTypes.NoTax,
					lineItems: [{ description: 'Deposit', quantity: 1, unitAmount: 40, accountCode }],
				},
			],
		});
		return body.bankTransactions?.[0] as BankTransaction;
	};
	const { TypeEnum } = BankTransaction;
	const { prepaymentID = '' } = await receive(TypeEnum.RECEIVEPREPAYMENT, '620');
	const { overpaymentID = '' } = await receive(TypeEnum.RECEIVEOVERPAYMENT, '610');
	const { invoiceID } = await invoiceOf115();
	const allocations = { allocations: [{ amount: 15, date: '2026-11-04', invoice: { invoiceID } }] };

	await api.createPrepaymentAllocations(sandbox.tenantId, prepaymentID, allocations);
	const allocated = await api.createOverpaymentAllocations(
		sandbox.tenantId,
		overpaymentID,
		allocations,
	);
	const removed = await api.deleteOverpaymentAllocations(
		sandbox.tenantId,
		overpaymentID,
		allocated.body.allocations?.[0]?.allocationID as string,
	);
	const prepayments = await api.getPrepayments(sandbox.tenantId);
	const overpayment = await api.getOverpayment(sandbox.tenantId, overpaymentID);

	expect(removed.body.isDeleted).toBe(true);
	expect(prepayments.body.prepayments).toContainEqual(
		expect.objectContaining({ prepaymentID, total: 40, remainingCredit: 25 }),
	);
	expect(overpayment.body.overpayments?.[0]).toMatchObject({ total: 40, remainingCredit: 40 });
});

it('pays, is told with summarizeErrors=false that it pays too much, and takes the payment back', async () => {
	const { invoiceID } = await invoiceOf115();
	const pay = async (amount: number) => {
		const { body } = await api.createPayments(
			sandbox.tenantId,
			{ payments: [{ invoice: { invoiceID }, account, date: '2026-11-05', amount }] },
			false,
		);
		return body.payments?.[0] as Payment;
	};

	const paid = await pay(115);
	const refused = await pay(1);
	const listed = await api.getPayments(
		sandbox.tenantId,
		undefined,
		`Invoice.InvoiceID==Guid("${invoiceID}")`,
		undefined,
		1,
	);
	const deleted = await api.deletePayment(sandbox.tenantId, paid.paymentID as string, {
		status: 'DELETED',
	});

	expect(paid).toMatchObject({
		hasValidationErrors: false,
		invoice: { status: 'PAID', amountDue: 0 },
	});
	expect(refused.hasValidationErrors).toBe(true);
	expect(refused.validationErrors?.map(({ message }) => message)).toContain(
		'Payment amount exceeds the amount outstanding on this document',
	);
	expect(listed.body.payments).toHaveLength(1);
	expect(deleted.body.payments?.[0]?.status).toBe('DELETED');
});

it('pays in a batch, and deletes the batch', async () => {
	const invoices = [await invoiceOf115(), await invoiceOf115()];

	const created = await api.createBatchPayment(sandbox.tenantId, {
		batchPayments: [
			{
				account,
				date: '2026-11-05',
				payments: invoices.map(({ invoiceID }) => ({ invoice: { invoiceID }, amount: 10 })),
			},
		],
	});
	const batch = created.body.batchPayments?.[0];
	const listed = await api.getBatchPayments(sandbox.tenantId);
	const deleted = await api.deleteBatchPaymentByUrlParam(
		sandbox.tenantId,
		batch?.batchPaymentID as string,
		{ status: 'DELETED' },
	);

	expect(batch).toMatchObject({ type: 'RECBATCH', totalAmount: 20 });
	expect(listed.body.batchPayments?.map((one) => one.batchPaymentID)).toEqual([
		batch?.batchPaymentID,
	]);
	expect(deleted.body.batchPayments?.[0]?.status).toBe('DELETED');
});

it('makes a template of invoices', async () => {
	const created = await api.createRepeatingInvoices(sandbox.tenantId, {
		repeatingInvoices: [
			{
				type: RepeatingInvoice.TypeEnum.ACCREC,
				status: RepeatingInvoice.StatusEnum.DRAFT,
				contact,
				lineItems,
				schedule: {
					period: 1,
					unit: Schedule.UnitEnum.MONTHLY,
					dueDate: 10,
					dueDateType: Schedule.DueDateTypeEnum.OFFOLLOWINGMONTH,
					startDate: '2026-12-01',
				},
			},
		],
	});

	const [template] = created.body.repeatingInvoices ?? [];
	const read = await api.getRepeatingInvoice(
		sandbox.tenantId,
		template?.repeatingInvoiceID as string,
	);

	expect(read.body.repeatingInvoices?.[0]).toMatchObject({
		repeatingInvoiceID: template?.repeatingInvoiceID,
		total: 115,
		schedule: { period: 1, dueDate: 10 },
	});
});
