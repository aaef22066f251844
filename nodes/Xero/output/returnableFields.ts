/**
 * What a tool of an agent can choose of each resource's records: Xero's own members, and the flat ones
 * of a simplified record. The id is not among them: it comes in any case. Left out is what only says
 * how a write went, and what stands twice.
 */
export const returnableFields: Readonly<Record<string, readonly string[]>> = {
	account: names(`
		AddToWatchlist BankAccountNumber BankAccountType Class Code CurrencyCode Description
		EnablePaymentsToAccount HasAttachments Name ReportingCode ReportingCodeName
		ShowInExpenseClaims Status SystemAccount TaxType Type UpdatedDateUTC
	`),
	bankTransaction: names(`
		BankAccount BankAccountName Contact ContactName CurrencyCode CurrencyRate Date
		HasAttachments IsReconciled LineAmountTypes LineItems OverpaymentID PrepaymentID Reference
		Status SubTotal Total TotalTax Type UpdatedDateUTC Url
	`),
	bankTransfer: names(`
		Amount CreatedDateUTC CurrencyRate Date FromBankAccount FromBankAccountName
		FromBankTransactionID FromIsReconciled FromTracking HasAttachments Reference Status
		ToBankAccount ToBankAccountName ToBankTransactionID ToIsReconciled ToTracking
	`),
	batchPayment: names(`
		Account AccountID Amount Code Date Details IsReconciled Narrative Particulars PaymentCount
		Payments Reference Status TotalAmount Type UpdatedDateUTC
	`),
	brandingTheme: names('CreatedDateUTC LogoUrl Name SortOrder Type'),
	contact: names(`
		AccountNumber AccountsPayableTaxType AccountsReceivableTaxType Addresses Balances
		BankAccountDetails BatchPayments BrandingTheme CompanyNumber ContactGroups ContactNumber
		ContactPersons ContactStatus DefaultCurrency Discount EmailAddress FirstName HasAttachments
		IsCustomer IsSupplier LastName MergedToContactID Name PaymentTerms Phones
		PurchasesDefaultAccountCode PurchasesDefaultLineAmountType PurchasesTrackingCategories
		SalesDefaultAccountCode SalesDefaultLineAmountType SalesTrackingCategories TaxNumber
		TaxNumberType UpdatedDateUTC Website XeroNetworkKey
	`),
	contactGroup: names('Contacts Name Status'),
	creditNote: names(`
		Allocations AppliedAmount BrandingThemeID Contact ContactName CreditNoteNumber CurrencyCode
		CurrencyRate Date DueDate FullyPaidOnDate HasAttachments LineAmountTypes LineItems Payments
		Reference RemainingCredit SentToContact Status SubTotal Total TotalTax Type UpdatedDateUTC
	`),
	employee: names(`
		Classification Email EmployeeGroupName FirstName HomeAddress JobTitle LastName MiddleNames
		Mobile PayrollCalendarID Phone StartDate Status TerminationDate Title UpdatedDateUTC
		address createdDateUTC email endDate engagementType firstName isOffPayrollWorker jobTitle
		lastName payrollCalendarID phoneNumber startDate title updatedDateUTC
	`),
	invoice: names(`
		AmountCredited AmountDue AmountPaid BrandingThemeID Contact ContactName CreditNotes
		CurrencyCode CurrencyRate Date DueDate ExpectedPaymentDate FullyPaidOnDate HasAttachments
		InvoiceNumber LineAmountTypes LineItems Overpayments Payments PlannedPaymentDate Prepayments
		Reference RepeatingInvoiceID SentToContact Status SubTotal Total TotalDiscount TotalTax Type
		UpdatedDateUTC Url
	`),
	item: names(`
		Code Description InventoryAssetAccountCode IsPurchased IsSold IsTrackedAsInventory Name
		PurchaseAccountCode PurchaseDescription PurchaseDetails PurchaseUnitPrice QuantityOnHand
		SalesAccountCode SalesDetails SalesUnitPrice TotalCostPool UpdatedDateUTC
	`),
	journal: names(`
		CreatedDateUTC JournalDate JournalLines JournalNumber Reference SourceID SourceType
	`),
	manualJournal: names(`
		Date HasAttachments JournalLines LineAmountTypes Narration ShowOnCashBasisReports Status
		UpdatedDateUTC Url
	`),
	organisation: names(`
		Addresses BaseCurrency Class CountryCode CreatedDateUTC DefaultPurchasesTax DefaultSalesTax
		Edition EmployerIdentificationNumber EndOfYearLockDate ExternalLinks FinancialYearEndDay
		FinancialYearEndMonth IsDemoCompany LegalName LineOfBusiness Name OrganisationEntityType
		OrganisationStatus OrganisationType PaymentTerms PaysTax PeriodLockDate Phones
		RegistrationNumber SalesTaxBasis SalesTaxPeriod ShortCode TaxNumber Timezone Version
	`),
	overpayment: names(`
		Allocations AppliedAmount Contact ContactName CurrencyCode CurrencyRate Date HasAttachments
		LineAmountTypes LineItems Payments Reference RemainingCredit Status SubTotal Total TotalTax
		Type UpdatedDateUTC
	`),
	payRun: names(`
		Deductions NetPay PayRunPeriodEndDate PayRunPeriodStartDate PayRunStatus PaymentDate
		PayrollCalendarID Reimbursement Super Tax UpdatedDateUTC Wages calendarType payRunStatus
		payRunType paymentDate payrollCalendarID periodEndDate periodStartDate postedDateTime
		totalCost totalPay
	`),
	payment: names(`
		Account AccountCode Amount BankAccountNumber BankAmount BatchPayment BatchPaymentID Code
		ContactName CreditNote CreditNoteNumber CurrencyRate Date Details DocumentID DocumentNumber
		Invoice InvoiceNumber IsReconciled Overpayment Particulars PaymentType Prepayment Reference
		Status UpdatedDateUTC
	`),
	prepayment: names(`
		Allocations AppliedAmount BrandingThemeID Contact ContactName CurrencyCode CurrencyRate Date
		HasAttachments InvoiceNumber LineAmountTypes LineItems Payments Reference RemainingCredit
		Status SubTotal Total TotalTax Type UpdatedDateUTC
	`),
	purchaseOrder: names(`
		AttentionTo BrandingThemeID Contact ContactName CurrencyCode CurrencyRate Date
		DeliveryAddress DeliveryDate DeliveryInstructions ExpectedArrivalDate HasAttachments
		LineAmountTypes LineItems PurchaseOrderNumber Reference SentToContact Status SubTotal
		Telephone Total TotalDiscount TotalTax UpdatedDateUTC
	`),
	quote: names(`
		BrandingThemeID Contact ContactName CurrencyCode CurrencyRate Date ExpiryDate
		LineAmountTypes LineItems QuoteNumber Reference Status SubTotal Summary Terms Title Total
		TotalDiscount TotalTax UpdatedDateUTC
	`),
	repeatingInvoice: names(`
		ApprovedForSending BrandingThemeID Contact ContactName CurrencyCode EndDate HasAttachments
		IncludePDF LineAmountTypes LineItems MarkAsSent NextScheduledDate Period Reference Schedule
		SendCopy Status SubTotal Total TotalTax Type Unit
	`),
	taxRate: names(`
		CanApplyToAssets CanApplyToEquity CanApplyToExpenses CanApplyToLiabilities CanApplyToRevenue
		DisplayTaxRate EffectiveRate Name ReportTaxType Status TaxComponents
	`),
	timesheet: names(`
		EmployeeID EndDate Hours StartDate Status TimesheetLines UpdatedDateUTC employeeID endDate
		payrollCalendarID startDate status totalHours updatedDateUTC
	`),
	trackingCategory: names('Name OptionNames Options Status'),
	user: names(`
		EmailAddress FirstName IsSubscriber LastName OrganisationRole UpdatedDateUTC
	`),
};

function names(text: string): readonly string[] {
	return text.trim().split(/\s+/);
}
