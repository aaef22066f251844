import type { XeroRecord } from '../../protocol/xero';

const CONTACT = {
	ContactID: 'a871a956-05b5-4e2a-9419-7aeb478ca647',
	Name: 'Example Customer Ltd',
};
const UPDATED = { UpdatedDateUTC: '/Date(1793577600000+0000)/' };
const DATED = { Date: '/Date(1793577600000+0000)/', DateString: '2026-11-02T00:00:00' };
const TOTALS = { SubTotal: 100, TotalTax: 15, Total: 115, CurrencyCode: 'NZD' };
const LINES = {
	LineAmountTypes: 'Exclusive',
	LineItems: [
		{
			LineItemID: '52208ff9-528a-4985-a9ad-b2b1d4210e38',
			...{ Description: 'Consulting', Quantity: 2, UnitAmount: 50, LineAmount: 100 },
			...{ AccountCode: '200', TaxType: 'OUTPUT2', TaxAmount: 15, Tracking: [] },
		},
	],
};
const DOCUMENT = { Contact: CONTACT, ...DATED, ...LINES, ...TOTALS, ...UPDATED };
const BANK = { AccountID: 'ac993f75-035b-433c-82e0-7b7a2d40802c', Code: '090' };

/** When the invoice and the bill fall due. */
export const EXAMPLE_DUE_DATE = '2026-12-01';

const INVOICE = {
	InvoiceID: '243216c5-369e-4056-ac67-05388f86dc81',
	InvoiceNumber: 'INV-0042',
	...{ Type: 'ACCREC', Status: 'AUTHORISED', Reference: 'Example', SentToContact: true },
	...{ DueDate: '/Date(1796083200000+0000)/', DueDateString: `${EXAMPLE_DUE_DATE}T00:00:00` },
	...{ AmountDue: 115, AmountPaid: 0, AmountCredited: 0, HasAttachments: false },
	...DOCUMENT,
};

/** A record of each entity as Xero answers it, made up. */
const RECORDS: Readonly<Record<string, XeroRecord>> = {
	invoice: INVOICE,
	bill: { ...INVOICE, Type: 'ACCPAY', InvoiceNumber: 'BILL-0007', SentToContact: false },
	contact: {
		...CONTACT,
		...{ ContactStatus: 'ACTIVE', EmailAddress: 'accounts@example.com', IsCustomer: true },
		...{ FirstName: 'Kim', LastName: 'Lee', IsSupplier: false, DefaultCurrency: 'NZD' },
		Addresses: [{ AddressType: 'POBOX', City: 'Wellington', Country: 'New Zealand' }],
		Phones: [{ PhoneType: 'DEFAULT', PhoneNumber: '5551234', PhoneAreaCode: '04' }],
		...UPDATED,
	},
	credit_note: {
		CreditNoteID: '7be578d8-a8c6-45b0-8d3d-5e4e0e9c2a51',
		...{ CreditNoteNumber: 'CN-0003', Type: 'ACCRECCREDIT', Status: 'AUTHORISED' },
		...{ RemainingCredit: 115, ...DOCUMENT },
	},
	payment: {
		PaymentID: 'b26fd49a-cbae-470a-a8f8-bcbc119e0379',
		...{ Amount: 115, CurrencyRate: 1, PaymentType: 'ACCRECPAYMENT', Status: 'AUTHORISED' },
		...{ IsReconciled: false, Reference: 'Example', Account: BANK },
		Invoice: {
			...{ InvoiceID: INVOICE.InvoiceID, InvoiceNumber: INVOICE.InvoiceNumber, Contact: CONTACT },
			Type: 'ACCREC',
		},
		...{ Date: DATED.Date, ...UPDATED },
	},
	prepayment: {
		PrepaymentID: 'ce0cd2a6-6b51-4a27-a7e5-3ef9f0c5b0a4',
		...{ Type: 'RECEIVE-PREPAYMENT', Status: 'AUTHORISED', RemainingCredit: 115, ...DOCUMENT },
	},
	overpayment: {
		OverpaymentID: '098b4dcb-5622-4699-87f8-9d40c4ccceb3',
		...{ Type: 'RECEIVE-OVERPAYMENT', Status: 'AUTHORISED', RemainingCredit: 115, ...DOCUMENT },
	},
	bank_transaction: {
		BankTransactionID: 'd20b6c54-7f5d-4ce6-ab83-55f609719126',
		...{ Type: 'RECEIVE', Status: 'AUTHORISED', IsReconciled: false, BankAccount: BANK },
		...DOCUMENT,
	},
	bank_transfer: {
		BankTransferID: '6221458a-ef7a-4d5f-9b1c-1b96ce03833c',
		...{ FromBankAccount: BANK, ToBankAccount: { ...BANK, Code: '091' }, Amount: 115 },
		...{ Date: DATED.Date, CreatedDateUTC: UPDATED.UpdatedDateUTC },
	},
	item: {
		ItemID: '19b79d12-0ae1-496e-9649-cbd04b15c7c5',
		...{ Code: 'TEA', Name: 'Tea', Description: 'A box of tea', IsSold: true, IsPurchased: true },
		SalesDetails: { UnitPrice: 10, AccountCode: '200', TaxType: 'OUTPUT2' },
		...UPDATED,
	},
	account: {
		AccountID: 'ebd06280-af70-4bed-97c6-7451a454ad85',
		...{ Code: '200', Name: 'Sales', Type: 'REVENUE', Class: 'REVENUE', Status: 'ACTIVE' },
		...{ TaxType: 'OUTPUT2', EnablePaymentsToAccount: false, ...UPDATED },
	},
	quote: {
		QuoteID: '65dc7fd0-1a3f-4dc1-9b62-0b0c5a1ba5b1',
		...{ QuoteNumber: 'QU-0007', Status: 'SENT', Title: 'Example', ...DOCUMENT },
	},
	purchase_order: {
		PurchaseOrderID: '15369a9f-17b6-4235-83c4-0029256d1c37',
		...{ PurchaseOrderNumber: 'PO-0009', Status: 'AUTHORISED', SentToContact: true, ...DOCUMENT },
	},
	manual_journal: {
		ManualJournalID: '99cb8353-ff27-4c52-8bdc-6b4ad6a1a8ff',
		...{ Narration: 'Example', Status: 'POSTED', Date: DATED.Date, ...UPDATED },
		JournalLines: [
			{ LineAmount: 100, AccountCode: '200', TaxType: 'NONE' },
			{ LineAmount: -100, AccountCode: '400', TaxType: 'NONE' },
		],
	},
	tax_rate: {
		...{ Name: '15% GST on Income', TaxType: 'OUTPUT2', Status: 'ACTIVE', EffectiveRate: 15 },
		TaxComponents: [{ Name: 'GST', Rate: 15, IsCompound: false }],
	},
	tracking_category: {
		TrackingCategoryID: '09578366-d416-46e4-9303-78507baa2cdf',
		...{ Name: 'Region', Status: 'ACTIVE' },
		Options: [
			{ TrackingOptionID: 'd5d5c5c5-1c5a-4cb7-8a5e-9ee1b3e0c7a1', Name: 'North', Status: 'ACTIVE' },
		],
	},
	organisation: {
		OrganisationID: 'b2c885a9-4bb9-4a00-9b6e-6c2bf60b1a2b',
		...{ Name: 'Example organisation', CountryCode: 'NZ', BaseCurrency: 'NZD' },
		Timezone: 'NEWZEALANDSTANDARDTIME',
	},
	bank_statement: {
		id: '9817e4b8-82b3-4526-91f7-040bd278053f',
		...{ feedConnectionId: '6a4b9ff5-3a5f-4321-936b-4796163550f6', status: 'PENDING' },
		...{ startDate: '2026-11-01', endDate: '2026-11-02', statementLineCount: '1' },
		startBalance: { amount: '100.0000', creditDebitIndicator: 'CREDIT' },
		endBalance: { amount: '150.0000', creditDebitIndicator: 'CREDIT' },
	},
};

/** What a record has after it became something. */
const BECAME: Readonly<Record<string, XeroRecord>> = {
	paid: { Status: 'PAID', AmountDue: 0, AmountPaid: 115 },
	voided: { Status: 'VOIDED', AmountDue: 0 },
	accepted: { Status: 'ACCEPTED' },
	declined: { Status: 'DECLINED' },
	invoiced: { Status: 'INVOICED' },
	billed: { Status: 'BILLED' },
	archived: { ContactStatus: 'ARCHIVED' },
	merged: {
		...{ ContactStatus: 'ARCHIVED', MergedToContactID: 'bd2270c3-8706-4c11-9cfb-000b551c3f51' },
	},
	delivered: { status: 'DELIVERED' },
	rejected: {
		status: 'REJECTED',
		errors: [
			{
				...{ type: 'duplicate-statement', title: 'Duplicate Statement Received', status: 409 },
				detail: 'The received statement was marked as a duplicate.',
			},
		],
	},
	// The others are so, or cannot be told from the record.
	deleted: {},
};

/** A record as it is after an event of that type; undefined for an entity of which there is none. */
export function exampleRecord(type: string): XeroRecord | undefined {
	const [entity = '', became = ''] = type.split('.');
	const record = RECORDS[entity];
	if (record === undefined) return undefined;
	const isPayment = type === 'payment.deleted';
	return { ...record, ...BECAME[became], ...(isPayment && { Status: 'DELETED' }) };
}
