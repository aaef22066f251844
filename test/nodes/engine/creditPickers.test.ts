import { ledgerOfSandbox, type Ledger } from '../operations/ledgerOfSandbox';
import { oneBankCredit, oneCreditNote, onePayment } from '../operations/preparedCredits';
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
