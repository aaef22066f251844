/** A request body, or a part of one. */
export type Json = Readonly<Record<string, unknown>>;

/** What the tests read of an answer; which parts are there depends on the answer. */
export interface XeroBody {
	readonly [member: string]: unknown;
	readonly Invoices: XeroRecords;
	readonly Contacts: XeroRecords;
	readonly TaxRates: XeroRecords;
	readonly Organisations: XeroRecords;
	readonly BankTransactions: XeroRecords;
	readonly BrandingThemes: XeroRecords;
	readonly Budgets: XeroRecords;
	readonly Items: XeroRecords;
	readonly Journals: XeroRecords;
	readonly LinkedTransactions: XeroRecords;
	readonly PaymentServices: XeroRecords;
	/** The refused elements of a 400. */
	readonly Elements: XeroRecords;
	readonly pagination: {
		readonly page: number;
		readonly pageSize: number;
		readonly pageCount: number;
		readonly itemCount: number;
	};
	readonly access_token: string;
	readonly refresh_token: string;
	readonly Detail: string;
	readonly Message: string;
}

/** Tests name the first few outright, and fail where one is missing. */
export type XeroRecords = readonly [XeroRecord, XeroRecord, XeroRecord, ...XeroRecord[]];

/** A contact, an invoice or a part of one. */
export interface XeroRecord {
	readonly [field: string]: unknown;
	readonly ContactID: string;
	readonly InvoiceID: string;
	readonly LinkedTransactionID: string;
	readonly InvoiceNumber: string;
	readonly LineItemID: string;
	readonly TrackingCategoryID: string;
	readonly TrackingOptionID: string;
	readonly Name: string;
	readonly Type: string;
	readonly Status: string;
	readonly StatusAttributeString: string;
	readonly Reference: string;
	readonly Description: string;
	readonly DateString: string;
	readonly UpdatedDateUTC: string;
	readonly PhoneType: string;
	readonly AddressType: string;
	readonly PhoneNumber: string;
	readonly Total: number;
	readonly SubTotal: number;
	readonly TaxAmount: number;
	readonly UnitAmount: number;
	readonly AmountDue: number;
	readonly AmountPaid: number;
	readonly EffectiveRate: number;
	readonly SentToContact: boolean;
	readonly IsCustomer: boolean;
	readonly EmailAddress: string;
	readonly Contact: XeroRecord;
	readonly LineItems: XeroRecords;
	readonly BudgetLines: XeroRecords;
	readonly JournalLines: XeroRecords;
	readonly Tracking: XeroRecords;
	readonly Phones: XeroRecords;
	readonly Addresses: XeroRecords;
	readonly ValidationErrors: readonly { readonly Message: string }[];
}
