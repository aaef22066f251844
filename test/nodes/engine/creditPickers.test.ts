import { resources } from '../../../nodes/Xero/resources/resources';
import { ledgerOfSandbox, type Ledger } from '../operations/ledgerOfSandbox';
import {
	bankCredit,
	oneBankCredit,
	oneCreditNote,
	oneInvoice,
	onePayment,
} from '../operations/preparedCredits';
import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { xeroNode } from '../support/xeroWorkflow';

let xero: ConnectedEngine;
let ledger: Ledger;

beforeAll(async () => {
	xero = await connectEngine();
	ledger = ledgerOfSandbox(xero);
});
afterAll(async () => {
	await xero.close();
});

const pick = async (method: string, filter?: string) =>
	await xero.engine.pick(xeroNode({ authentication: 'oAuth2' }), method, filter);

it('lists the accounts that can take payments, with or without a bank behind them', async () => {
	const { results } = await pick('searchPaymentAccounts');

	expect(results.map(({ name }) => name)).toEqual([
		'090 · Business Bank Account',
		'091 · Business Savings Account',
		'970 · Owner A Funds Introduced',
	]);
	const [bank] = await ledger.get('Accounts?where=Code=="090"');
	expect(results[0]?.value).toBe(bank?.['AccountID']);
});

it('finds a credit note by a part of its number', async () => {
	const { CreditNoteID, CreditNoteNumber } = await oneCreditNote(ledger);

	const { results } = await pick('searchCreditNotes', String(CreditNoteNumber).slice(1));

	expect(results).toEqual([
		{ name: `${String(CreditNoteNumber)} · Ridgeway University · AUTHORISED`, value: CreditNoteID },
	]);
});

it('finds a payment by a part of its reference', async () => {
	const { PaymentID, Reference } = await onePayment(ledger);

	const { results } = await pick('searchPayments', String(Reference).slice(1));

	expect(results).toEqual([{ name: `${String(Reference)} · 100 · AUTHORISED`, value: PaymentID }]);
});

it.each([
	['searchPrepayments', 'Prepayment'],
	['searchOverpayments', 'Overpayment'],
] as const)('%s lists whose they are and over how much', async (method, kind) => {
	const credit = await oneBankCredit(ledger, kind);

	const { results } = await pick(method, 'ridgeway');

	expect(results).toContainEqual({
		name: 'Ridgeway University · 115 · AUTHORISED',
		value: credit[`${kind}ID`],
	});
});

it.each([
	['searchPrepayments', 'Prepayment'],
	['searchOverpayments', 'Overpayment'],
] as const)('%s finds one that is not on the first page', async (method, kind) => {
	const old = await oneBankCredit(ledger, kind, { Contact: { Name: 'Ancient Ltd' } });
	await ledger.put('BankTransactions', {
		BankTransactions: Array.from({ length: 101 }, () =>
			bankCredit(ledger, kind, { Date: '2026-11-20' }),
		),
	});

	const { results, paginationToken } = await pick(method, 'ancient');

	expect(results).toEqual([{ name: 'Ancient Ltd · 115 · AUTHORISED', value: old[`${kind}ID`] }]);
	expect(paginationToken).toBeUndefined();
});

it.each(['prepayment', 'overpayment'])('%s is not picked by the address of a page', (resource) => {
	const modes = (resources[resource]?.description ?? [])
		.filter(({ name }) => name === resource)
		.flatMap(({ modes }) => (modes ?? []).map(({ name }) => name));

	expect(new Set(modes)).toEqual(new Set(['list', 'id']));
});

it('links bills and sales invoices to the pages that show them', async () => {
	const [invoice, bill] = [
		await oneInvoice(ledger),
		await oneInvoice(ledger, { Type: 'ACCPAY', InvoiceNumber: 'LINKED' }),
	];

	const { results } = await pick('searchInvoices');

	const links = new Map(results.map(({ value, url }) => [value, url]));
	expect(links.get(String(invoice['InvoiceID']))).toBe(
		`https://go.xero.com/app/invoicing/view/${String(invoice['InvoiceID'])}`,
	);
	expect(links.get(String(bill['InvoiceID']))).toBe(
		`https://go.xero.com/AccountsPayable/Edit.aspx?InvoiceID=${String(bill['InvoiceID'])}`,
	);
});
