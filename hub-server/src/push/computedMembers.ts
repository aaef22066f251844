/**
 * Members that Xero computes, or keeps by itself. They are never sent: Xero refuses totals that are not those of
 * its lines (xero-mcp-server#190, #206, #312). The totals among them are compared where the other system says any.
 */
export const COMPUTED_MEMBERS: ReadonlySet<string> = new Set([
	...['SubTotal', 'TotalTax', 'Total', 'TotalDiscount', 'IsDiscounted', 'CISDeduction', 'CISRate'],
	...['AmountDue', 'AmountPaid', 'AmountCredited', 'RemainingCredit', 'AppliedAmount'],
	...['Payments', 'Prepayments', 'Overpayments', 'CreditNotes', 'Allocations', 'FullyPaidOnDate'],
	...['UpdatedDateUTC', 'UpdatedDateUTCString', 'CreatedDateUTC', 'DateString', 'DueDateString'],
	...['HasAttachments', 'Attachments', 'HasErrors', 'HasValidationErrors', 'ValidationErrors'],
	...['Warnings', 'StatusAttributeString', 'Balances', 'IsCustomer', 'IsSupplier', 'Website'],
	...['Discount', 'ContactGroups', 'MergedToContactID', 'Class', 'SystemAccount', 'PaymentType'],
	...['ReportingCodeName', 'HasAccount', 'DisplayTaxRate', 'EffectiveRate', 'TotalCostPool'],
	...['CanApplyToAssets', 'CanApplyToEquity', 'CanApplyToExpenses', 'CanApplyToLiabilities'],
	...['CanApplyToRevenue', 'QuantityOnHand', 'QuantityAvailable', 'QuantityOnBackOrder'],
	...['PrepaymentID', 'OverpaymentID', 'BatchPayment', 'RepeatingInvoiceID', 'BatchPaymentID'],
	...['ContactID', 'ItemID', 'InvoiceID', 'CreditNoteID', 'PaymentID', 'BankTransactionID'],
	'AccountID',
]);
