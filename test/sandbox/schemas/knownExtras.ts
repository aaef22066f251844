/**
 * Properties that Xero answers with and its schemas do not list: from the examples in the same files,
 * and from releases after the one the schemas were made from.
 */
export const knownExtras: Readonly<Record<string, readonly string[]>> = {
	Invoice: ['DateString', 'DueDateString', 'RoundingAmount', 'EnteredTotal'],
	// The source has a date where its examples have a month.
	BudgetBalance: ['Period'],
	CreditNote: ['ID', 'DateString', 'DueDateString'],
	Prepayment: ['ID', 'DateString'],
	Overpayment: ['ID', 'DateString'],
	RepeatingInvoice: ['StatusAttributeString', 'ValidationErrors'],
	BatchPayment: ['StatusAttributeString'],
	LineItem: ['ValidationErrors'],
	BankTransaction: ['DateString'],
	BankTransfer: ['CreatedDateUTCString', 'DateString', 'StatusAttributeString'],
	TrackingOption: ['HasValidationErrors', 'IsDeleted', 'IsArchived', 'IsActive'],
	Quotes: ['SummarizeErrors'],
	PurchaseOrder: [
		'DateString',
		'DeliveryDateString',
		'ExpectedArrivalDateString',
		'HasErrors',
		'IsDiscounted',
		'Type',
	],
	Address: ['ValidationErrors'],
	Phone: ['ValidationErrors'],
	Bill: ['ValidationErrors'],
	Item: ['QuantityAvailable', 'QuantityOnBackOrder'],
	Account: ['CreatedDateUTC'],
	ContactGroup: ['HasValidationErrors'],
	HistoryRecord: ['DateUTCString'],
	AccessToken: ['scope'],
};

/** What stands around the collection in every successful answer of the Accounting API. */
export const envelopeProperties = {
	Id: { type: 'string', pattern: '^[0-9a-f-]{36}$' },
	Status: { const: 'OK' },
	ProviderName: { type: 'string', minLength: 1 },
	DateTimeUTC: { type: 'string', pattern: '^/Date\\(\\d+\\)/$' },
} as const;
