import { salesInvoice, type Answer, type ConnectedSandbox } from './connectedSandbox';
import type { Json, XeroRecord, XeroRecords } from './XeroBody';

/** What the tests of payments and credits need to have in Xero beforehand. */
export interface PaidDocuments {
	/** An approved sales invoice of 230 for Ridgeway Trading. */
	invoice(changes?: Json): Promise<XeroRecord>;
	/** An approved bill of 230 by the same contact. */
	bill(changes?: Json): Promise<XeroRecord>;
	/** An approved sales credit note of 115. */
	creditNote(changes?: Json): Promise<XeroRecord>;
	/** An approved prepayment or overpayment of 115, made through the bank. */
	bankCredit(type: string, changes?: Json): Promise<XeroRecord>;
	/** The first record of the collection that the path begins with. */
	read(path: string): Promise<XeroRecord>;
}

export function paidDocuments(sandbox: () => ConnectedSandbox): PaidDocuments {
	const read = async (path: string) => recordOf(await sandbox().get(path), path);
	const put = async (collection: string, record: Json) =>
		recordOf(await sandbox().put(`/${collection}`, { [collection]: [record] }), collection);
	const line = (UnitAmount: number, AccountCode: string) => ({
		LineItems: [{ Description: 'Goods', Quantity: 1, UnitAmount, AccountCode }],
	});

	return {
		read,
		invoice: async (changes = {}) =>
			await put('Invoices', salesInvoice({ ...line(200, '200'), ...changes })),
		bill: async (changes = {}) =>
			await put('Invoices', salesInvoice({ Type: 'ACCPAY', ...line(200, '400'), ...changes })),
		creditNote: async (changes = {}) =>
			await put('CreditNotes', {
				Type: 'ACCRECCREDIT',
				Status: 'AUTHORISED',
				Contact: { Name: 'Ridgeway Trading' },
				Date: '2026-11-02',
				...line(100, '200'),
				...changes,
			}),
		async bankCredit(type, changes = {}) {
			const isPrepayment = type.endsWith('-PREPAYMENT');
			const transaction = await put('BankTransactions', {
				Type: type,
				Contact: { Name: 'Ridgeway Trading' },
				BankAccount: { Code: '090' },
				Date: '2026-11-02',
				Reference: 'DEP-1',
				LineAmountTypes: 'NoTax',
				...line(115, isPrepayment ? '620' : type.startsWith('RECEIVE') ? '610' : '800'),
				...changes,
			});
			return await read(
				isPrepayment
					? `/Prepayments/${String(transaction['PrepaymentID'])}`
					: `/Overpayments/${String(transaction['OverpaymentID'])}`,
			);
		},
	};
}

/** The first record of a successful answer. */
export function recordOf(answer: Answer, path: string): XeroRecord {
	const records = answer.json[path.split(/[/?]/).find(Boolean) ?? ''] as XeroRecords | undefined;
	if (answer.status !== 200 || records === undefined) throw new Error(answer.text);
	return records[0];
}
