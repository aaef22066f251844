import type { IDataObject } from 'n8n-workflow';

import { oneFeed } from '../operations/bankFeedConnection.cases';
import { oneStatement } from '../operations/bankStatement.cases';
import type { Ledger } from '../operations/ledgerOfSandbox';
import {
	allocated,
	lines,
	oneBankCredit,
	oneCreditNote,
	oneInvoice,
	onePayment,
} from '../operations/preparedCredits';

const ANOTHER = { Name: 'Another Contact Ltd' };

/** Several records of every kind that can be listed, so that filters have something to tell apart. */
export async function seedLists(ledger: Ledger): Promise<void> {
	await seedContacts(ledger);
	await seedDocuments(ledger);
	await seedLinks(ledger);
	await seedMoney(ledger);
	await seedSettings(ledger);
	await seedLibrary(ledger);
}

async function seedContacts(ledger: Ledger): Promise<void> {
	for (const name of ['Listed One', 'Listed Two']) {
		await ledger.put('Contacts', {
			Contacts: [
				{
					Name: name,
					ContactNumber: `No ${name}`,
					AccountNumber: `Account ${name}`,
					EmailAddress: `${name.replace(' ', '.').toLowerCase()}@example.com`,
				},
			],
		});
	}
	await ledger.put('Contacts', {
		Contacts: [{ Name: 'Listed No More', ContactStatus: 'ARCHIVED' }],
	});
	for (const Name of ['VIP', 'Others']) {
		await ledger.put('ContactGroups', { ContactGroups: [{ Name }] });
	}
}

async function seedDocuments(ledger: Ledger): Promise<void> {
	const bill: IDataObject = { Type: 'ACCPAY', InvoiceNumber: 'SUP-1', Contact: ANOTHER };
	await oneInvoice(ledger, { Reference: 'REF 1', Date: '2026-10-01', DueDate: '2026-10-10' });
	await oneInvoice(ledger, { ...bill, ...lines(900, '400') });
	await oneInvoice(ledger, { Status: 'DRAFT', Reference: 'REF 2' });
	const { InvoiceID } = await oneInvoice(ledger, { Status: 'DRAFT' });
	await ledger.post(`Invoices/${String(InvoiceID)}`, { Status: 'DELETED' });
	await oneCreditNote(ledger, { Contact: ANOTHER, Date: '2026-09-01', ...lines(7, '200') });
	await oneCreditNote(ledger, { Type: 'ACCPAYCREDIT', CreditNoteNumber: 'CN-LISTED' });
	for (const [Title, Date, Contact] of [
		['First', '2026-08-01', ANOTHER],
		['Second', '2026-11-01', { Name: 'Ridgeway University' }],
	] as const) {
		const quote = await contactOf(ledger, Contact.Name);
		await ledger.put('Quotes', {
			Quotes: [{ Title, Date, ExpiryDate: Date, Contact: quote, ...lines(5, '200') }],
		});
		await ledger.put('PurchaseOrders', {
			PurchaseOrders: [{ Reference: Title, Date, Contact: quote, ...lines(5, '400') }],
		});
	}
	for (const [Reference, Contact, amount] of [
		['RENT', ANOTHER, 100],
		['FEES', { Name: 'Ridgeway University' }, 2000],
	] as const) {
		await ledger.put('RepeatingInvoices', {
			RepeatingInvoices: [
				{
					Type: 'ACCREC',
					Status: Reference === 'RENT' ? 'DRAFT' : 'AUTHORISED',
					Contact,
					Reference,
					Schedule: {
						Period: 1,
						Unit: 'MONTHLY',
						DueDate: 10,
						DueDateType: 'OFFOLLOWINGMONTH',
						StartDate: '2026-12-01',
					},
					...lines(amount, '200'),
				},
			],
		});
	}
	for (const [Narration, Date, Status] of [
		['Accrue the rent', '2026-09-30', 'DRAFT'],
		['Correct a mistake', '2026-10-31', 'POSTED'],
	]) {
		await ledger.put('ManualJournals', {
			ManualJournals: [
				{
					Narration,
					Date,
					Status,
					JournalLines: [
						{ LineAmount: 10, AccountCode: '453' },
						{ LineAmount: -10, AccountCode: '880' },
					],
				},
			],
		});
	}
}

/** Quotes and orders want a contact by its id. */
async function contactOf(ledger: Ledger, name: string): Promise<IDataObject> {
	const where = encodeURIComponent(`Name=="${name}"`);
	const [known] = await ledger.get(`Contacts?where=${where}`);
	return { ContactID: known?.['ContactID'] };
}

/** One expense that is on a sales invoice, and one that is on its bill only. */
export async function seedLinks(ledger: Ledger): Promise<void> {
	const line = (invoice: IDataObject) => (invoice['LineItems'] as IDataObject[])[0]?.['LineItemID'];
	const sale = await oneInvoice(ledger, { Contact: ANOTHER });
	for (const target of [sale, undefined]) {
		const bill = await oneInvoice(ledger, { Type: 'ACCPAY', ...lines(50, '453') });
		await ledger.put('LinkedTransactions', {
			SourceTransactionID: bill['InvoiceID'],
			SourceLineItemID: line(bill),
			...(target !== undefined && {
				ContactID: (target['Contact'] as IDataObject)['ContactID'],
				TargetTransactionID: target['InvoiceID'],
				TargetLineItemID: line(target),
			}),
		});
	}
}

async function seedMoney(ledger: Ledger): Promise<void> {
	await onePayment(ledger);
	const { PaymentID } = await onePayment(ledger);
	await ledger.post(`Payments/${String(PaymentID)}`, { Status: 'DELETED' });
	const bill = { Type: 'ACCPAY', Contact: ANOTHER, ...lines(300, '400') };
	for (const [Date, amount, changes] of [
		['2026-11-05', 50, {}],
		['2026-10-05', 60, bill],
	] as const) {
		const { InvoiceID } = await oneInvoice(ledger, changes);
		await ledger.put('BatchPayments', {
			BatchPayments: [
				{
					Account: { Code: '090' },
					Date,
					Reference: `RUN ${amount}`,
					Payments: [{ Invoice: { InvoiceID }, Amount: amount }],
				},
			],
		});
		const { InvoiceID: another } = await oneInvoice(ledger, changes);
		await ledger.put('Payments', {
			Payments: [
				{ Invoice: { InvoiceID: another }, Account: { Code: '091' }, Date, Amount: amount },
			],
		});
	}
	for (const [Type, Code, Contact, Date, amount] of [
		['SPEND', '090', ANOTHER, '2026-07-01', 20],
		['RECEIVE', '091', { Name: 'Ridgeway University' }, '2026-11-02', 2000],
	] as const) {
		await ledger.put('BankTransactions', {
			BankTransactions: [
				{
					Type,
					Contact,
					BankAccount: { Code },
					Date,
					Reference: `${Type} 1`,
					IsReconciled: Type === 'SPEND',
					...lines(amount, Type === 'SPEND' ? '453' : '200'),
				},
			],
		});
	}
	for (const [Date, Amount] of [
		['2026-11-01', 12.34],
		['2026-10-01', 500],
		['2026-10-02', 5],
	] as const) {
		const { BankTransferID } = await ledger.put('BankTransfers', {
			BankTransfers: [
				{
					FromBankAccount: { Code: '090' },
					ToBankAccount: { Code: '091' },
					Date,
					Amount,
					Reference: `Move ${Amount}`,
				},
			],
		});
		if (Amount === 5) {
			await ledger.post(`BankTransfers/${String(BankTransferID)}`, { Status: 'DELETED' });
		}
	}
	for (const kind of ['Prepayment', 'Overpayment'] as const) {
		const credit = await oneBankCredit(ledger, kind);
		await allocated(ledger, `${kind}s`, credit[`${kind}ID`]);
		await oneBankCredit(ledger, kind, {
			Contact: ANOTHER,
			Date: '2026-06-01',
			Type: `SPEND-${kind.toUpperCase()}`,
			...lines(15, kind === 'Prepayment' ? '620' : '800'),
		});
	}
}

async function seedSettings(ledger: Ledger): Promise<void> {
	await ledger.put('TaxRates', {
		TaxRates: [
			{ Name: 'City Tax', ReportTaxType: 'OUTPUT', TaxComponents: [{ Name: 'City', Rate: 2 }] },
		],
	});
	const [, second] = await ledger.get('TrackingCategories');
	await ledger.post(`TrackingCategories/${String(second?.['TrackingCategoryID'])}`, {
		Status: 'ARCHIVED',
	});
}

async function seedLibrary(ledger: Ledger): Promise<void> {
	await ledger.uploadFile('listed one.txt', 'Hello');
	await ledger.uploadFile('listed two.pdf', 'Hello, world');
	const response = await ledger.call('POST', '/files.xro/1.0/Folders', { Name: 'Listed' });
	const folder = (await response.json()) as IDataObject;
	const moved = await ledger.uploadFile('in a folder.txt', '!');
	await ledger.call('PUT', `/files.xro/1.0/Files/${String(moved['Id'])}`, {
		FolderId: folder['Id'],
	});
	await oneStatement(ledger);
	await oneStatement(ledger);
	await oneFeed(ledger);
}
