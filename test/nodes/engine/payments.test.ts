import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ledgerOfSandbox, type Ledger } from '../operations/ledgerOfSandbox';
import { picked } from '../operations/OperationCases';
import { oneBankCredit, oneCreditNote, oneInvoice } from '../operations/preparedCredits';
import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { itemsOf, pairedItems, XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

let xero: ConnectedEngine;
let ledger: Ledger;

beforeAll(async () => {
	xero = await connectEngine();
	ledger = ledgerOfSandbox(xero);
});
afterAll(async () => {
	await xero.close();
});
beforeEach(async () => {
	await xero.sandbox.setFaults({});
	await xero.sandbox.forgetRequests();
});

const payment: INodeParameters = {
	resource: 'payment',
	operation: 'create',
	paymentFor: 'invoice',
	invoice: picked('={{ $json.invoice }}'),
	account: picked('={{ $json.account ?? "090" }}'),
	amount: '={{ $json.amount }}',
	date: '2026-11-05',
};
const run = async (parameters: INodeParameters, input: readonly IDataObject[]) =>
	await xero.engine.run(xeroWorkflow({ parameters, onError: 'continueRegularOutput' }), {
		input: input.map((json) => ({ json })),
	});
const writes = async () => (await xero.sandbox.requests()).filter(({ method }) => method !== 'GET');
const invoiceNow = async (id: unknown) => (await ledger.get(`Invoices/${String(id)}`))[0];

it('sends 60 payments in two requests, and those refused inside a 200 fail their own items', async () => {
	const { InvoiceID } = await oneInvoice(ledger);
	await xero.sandbox.forgetRequests();
	const items = itemsOf(60, (index) => ({
		invoice: InvoiceID,
		amount: index === 10 || index === 55 ? '500' : '0.10',
	}));

	const execution = await run(
		payment,
		items.map(({ json }) => json),
	);

	const output = execution.itemsOf(XERO_NODE);
	expect(pairedItems(output)).toEqual(items.map((_, index) => index));
	expect(output.flatMap(({ json }, index) => ('error' in json ? [index] : []))).toEqual([10, 55]);
	expect(output[10]?.json['error']).toContain('Payment amount exceeds the amount outstanding');
	expect((await writes()).map(({ method, elements }) => [method, elements])).toEqual([
		['PUT', 50],
		['PUT', 10],
	]);
	expect(await invoiceNow(InvoiceID)).toMatchObject({ AmountPaid: 5.8, AmountDue: 224.2 });
});

it('pays once when the answer is lost on the way', async () => {
	const { InvoiceID } = await oneInvoice(ledger);
	await xero.sandbox.setFaults({ dropAfterCommit: { path: '/Payments', times: 1 } });

	const execution = await run(payment, [{ invoice: InvoiceID, amount: '230' }]);

	expect(execution.itemsOf(XERO_NODE)).toMatchObject([{ json: { Amount: 230 } }]);
	expect(await invoiceNow(InvoiceID)).toMatchObject({ AmountPaid: 230, Payments: [{}] });
});

it.each<[string, string, () => Promise<INodeParameters>]>([
	[
		'an invoice by its number',
		'ACCRECPAYMENT',
		async () => ({
			paymentFor: 'invoice',
			invoice: picked(String((await oneInvoice(ledger))['InvoiceNumber']), 'number'),
		}),
	],
	[
		'a credit note by its id',
		'ARCREDITPAYMENT',
		async () => ({
			paymentFor: 'creditNote',
			creditNote: picked(String((await oneCreditNote(ledger))['CreditNoteID'])),
		}),
	],
	[
		'a credit note by its number',
		'ARCREDITPAYMENT',
		async () => ({
			paymentFor: 'creditNote',
			creditNote: picked(String((await oneCreditNote(ledger))['CreditNoteNumber']), 'number'),
		}),
	],
	[
		'a prepayment',
		'ARPREPAYMENTPAYMENT',
		async () => ({
			paymentFor: 'prepayment',
			prepayment: picked(String((await oneBankCredit(ledger, 'Prepayment'))['PrepaymentID'])),
		}),
	],
	[
		'an overpayment',
		'AROVERPAYMENTPAYMENT',
		async () => ({
			paymentFor: 'overpayment',
			overpayment: picked(String((await oneBankCredit(ledger, 'Overpayment'))['OverpaymentID'])),
		}),
	],
])('pays %s', async (_case, PaymentType, named) => {
	const execution = await run({ ...payment, ...(await named()) }, [{ amount: '12.34' }]);

	expect(execution.itemsOf(XERO_NODE)).toMatchObject([{ json: { PaymentType, Amount: 12.34 } }]);
});

it('takes the account by its id, as its list gives it, or by its code', async () => {
	const { InvoiceID } = await oneInvoice(ledger);
	const [bank] = await ledger.get('Accounts?where=Code=="091"');

	const execution = await run(payment, [
		{ invoice: InvoiceID, amount: '1', account: bank?.['AccountID'] },
		{ invoice: InvoiceID, amount: '1', account: '970' },
	]);

	expect(execution.itemsOf(XERO_NODE)).toMatchObject([
		{ json: { Account: { Code: '091' } } },
		{ json: { Account: { Code: '970' } } },
	]);
});

it.each([
	[{ amount: '' }, 'Amount is not set'],
	[{ amount: '1,50' }, 'Amount is not a number: "1,50"'],
	[{ amount: '1', account: '' }, 'Account is not set'],
	[{ amount: '1', invoice: '' }, 'Invoice is not set'],
])('refuses %j before anything is sent', async (wrong, message) => {
	const execution = await run(payment, [
		{ invoice: '0975dec2-0cf6-498d-9c9f-c6775b45c61d', ...wrong },
	]);

	expect(execution.itemsOf(XERO_NODE)[0]?.json['error']).toContain(message);
	expect(await writes()).toEqual([]);
});

it('refuses to pay what cannot be paid', async () => {
	const execution = await run({ ...payment, paymentFor: 'quote' }, [{ amount: '1' }]);

	expect(execution.itemsOf(XERO_NODE)[0]?.json['error']).toContain(
		'Payment For is none of the documents that can be paid: "quote"',
	);
});

describe('a batch payment', () => {
	const batch: INodeParameters = {
		resource: 'batchPayment',
		operation: 'create',
		account: picked('090', 'code'),
		paymentsMode: 'json',
		paymentsJson: '={{ $json.payments }}',
		date: '2026-11-05',
	};

	it('takes its payments as a list, invoices by id or number', async () => {
		const [first, second] = [await oneInvoice(ledger), await oneInvoice(ledger)];
		const payments = [
			{ invoice: first['InvoiceID'], amount: '0.10' },
			{ invoiceNumber: second['InvoiceNumber'], amount: 0.2, reference: 'Two' },
		];

		const execution = await run(batch, [{ payments }]);

		expect(execution.itemsOf(XERO_NODE)).toMatchObject([
			{
				json: {
					TotalAmount: 0.3,
					Payments: [{ Amount: 0.1 }, { Amount: 0.2, Reference: 'Two' }],
				},
			},
		]);
	});

	it('tells the bank of each payment what stands in its row', async () => {
		const { InvoiceID } = await oneInvoice(ledger);
		const details = { particulars: 'Rent', code: 'NOV-26', details: 'Rent November' };

		const execution = await run(batch, [
			{ payments: [{ invoice: InvoiceID, amount: '1', ...details }] },
		]);

		expect(execution.itemsOf(XERO_NODE)[0]?.json['Payments']).toMatchObject([
			{ Particulars: 'Rent', Code: 'NOV-26', Details: 'Rent November' },
		]);
	});

	it.each([
		['code', 12],
		['details', 18],
		['narrative', 18],
		['particulars', 12],
	])('refuses a longer %s than the bank takes: %d', async (name, longest) => {
		const { InvoiceID } = await oneInvoice(ledger);
		const parameters = { ...batch, additionalFields: { [name]: '={{ $json.text }}' } };
		const payments = [{ invoice: InvoiceID, amount: '1' }];
		await xero.sandbox.forgetRequests();

		const execution = await run(parameters, [
			{ payments, text: 'x'.repeat(longest + 1) },
			{ payments, text: 'x'.repeat(longest) },
		]);

		const [refused, taken] = execution.itemsOf(XERO_NODE).map(({ json }) => json);
		expect(refused?.['error']).toContain(`has ${longest + 1} characters; Xero takes ${longest}`);
		expect(taken).toHaveProperty('BatchPaymentID');
	});

	it.each([
		[[], 'The batch has no payments'],
		['not json', 'Payments (JSON) is not a list: "not json"'],
		[undefined, 'Payments (JSON) is not a list: undefined'],
		[['INV-1'], 'Payment 1 is not an object: "INV-1"'],
		[
			[{ invoice: '0975dec2-0cf6-498d-9c9f-c6775b45c61d', Amount: '1', refrence: 'Rent' }],
			'Payment 1 has "refrence", which is no member of a payment here',
		],
		[[{ amount: '1' }], 'Payment 1: Invoice is not set'],
		[
			[{ invoice: '0975dec2-0cf6-498d-9c9f-c6775b45c61d', amount: 'x' }],
			'Payment 1: Amount is not a number: "x"',
		],
	])('refuses %j before anything is sent', async (payments, message) => {
		const execution = await run(batch, [{ payments }]);

		expect(execution.itemsOf(XERO_NODE)[0]?.json['error']).toContain(message);
		expect(await writes()).toEqual([]);
	});
});

it.each([
	['AUTHORISED', 'VOIDED'],
	['SUBMITTED', 'DELETED'],
])('takes back a credit note that is %s as %s', async (Status, expected) => {
	const { CreditNoteID } = await oneCreditNote(ledger, { Status });

	const execution = await run(
		{
			resource: 'creditNote',
			operation: 'voidOrDelete',
			creditNote: picked(String(CreditNoteID)),
		},
		[{}],
	);

	expect(execution.itemsOf(XERO_NODE)).toMatchObject([{ json: { Status: expected } }]);
});

// The last test: the sandbox's clock does not go back, and the tokens of the ledger have ended.
it('is of the day that the workflow has, not of Xero, where no date is given', async () => {
	const { InvoiceID } = await oneInvoice(ledger);
	const daysAhead = 3;
	await xero.sandbox.advanceClock(daysAhead * 86_400);

	const execution = await run({ ...payment, date: '' }, [{ invoice: InvoiceID, amount: '1' }]);

	const { now } = await xero.sandbox.state();
	const { Date: day } = execution.itemsOf(XERO_NODE)[0]?.json ?? {};
	const daysBehind = (Date.parse(now) - Date.parse(String(day))) / 86_400_000;
	expect(daysBehind).toBeGreaterThan(daysAhead - 1);
});
