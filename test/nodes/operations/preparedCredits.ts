import type { IDataObject } from 'n8n-workflow';

import type { Ledger } from './ledgerOfSandbox';

const CONTACT = { Name: 'Ridgeway University' };

/** Lines over one amount, before tax. */
export const lines = (UnitAmount: number, AccountCode: string) => ({
	LineItems: [{ Description: 'Goods', Quantity: 1, UnitAmount, AccountCode }],
});

/** An approved sales invoice over 230. */
export const oneInvoice = async (ledger: Ledger, changes: IDataObject = {}) =>
	await ledger.put('Invoices', {
		Invoices: [
			{
				Type: 'ACCREC',
				Status: 'AUTHORISED',
				Contact: CONTACT,
				Date: '2026-11-01',
				DueDate: '2026-11-30',
				...lines(200, '200'),
				...changes,
			},
		],
	});

/** An approved sales credit note over 115. */
export const oneCreditNote = async (ledger: Ledger, changes: IDataObject = {}) =>
	await ledger.put('CreditNotes', {
		CreditNotes: [
			{
				Type: 'ACCRECCREDIT',
				Status: 'AUTHORISED',
				Contact: CONTACT,
				Date: '2026-11-02',
				Reference: ledger.unique('CREDIT'),
				...lines(100, '200'),
				...changes,
			},
		],
	});

/** The bank transaction that makes a prepayment or overpayment over 115. */
export const bankCredit = (
	ledger: Ledger,
	kind: 'Prepayment' | 'Overpayment',
	changes: IDataObject = {},
): IDataObject => ({
	Type: `RECEIVE-${kind.toUpperCase()}`,
	Contact: CONTACT,
	BankAccount: { Code: '090' },
	Date: '2026-11-02',
	Reference: ledger.unique('DEPOSIT'),
	LineAmountTypes: 'NoTax',
	...lines(115, kind === 'Prepayment' ? '620' : '610'),
	...changes,
});

/** A prepayment or overpayment over 115 that came through the bank. */
export async function oneBankCredit(
	ledger: Ledger,
	kind: 'Prepayment' | 'Overpayment',
	changes: IDataObject = {},
): Promise<IDataObject> {
	const transaction = await ledger.put('BankTransactions', {
		BankTransactions: [bankCredit(ledger, kind, changes)],
	});
	const [credit] = await ledger.get(`${kind}s/${String(transaction[`${kind}ID`])}`);
	if (credit === undefined) throw new Error(`The bank transaction made no ${kind}`);
	return credit;
}

/** A payment of 100 of an invoice of its own. */
export async function onePayment(ledger: Ledger): Promise<IDataObject> {
	const { InvoiceID } = await oneInvoice(ledger);
	return await ledger.put('Payments', {
		Payments: [
			{
				Invoice: { InvoiceID },
				Account: { Code: '090' },
				Date: '2026-11-05',
				Amount: 100,
				Reference: ledger.unique('PAYMENT'),
			},
		],
	});
}

/** The record with an allocation of 10 of it to an invoice. */
export async function allocated(
	ledger: Ledger,
	collection: string,
	id: IDataObject[string],
): Promise<IDataObject> {
	const { InvoiceID } = await oneInvoice(ledger);
	const { AllocationID } = await ledger.put(`${collection}/${String(id)}/Allocations`, {
		Allocations: [{ Amount: 10, Date: '2026-11-03', Invoice: { InvoiceID } }],
	});
	return { id, AllocationID, InvoiceID };
}
