import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resources } from '../../nodes/Xero/resources/resources';

/** By resource of the action node: calls of Xero's SDK by which it is written, or at least read. */
const calls: Readonly<Record<string, readonly string[]>> = {
	account: ['createAccount', 'updateAccount', 'deleteAccount', 'getAccounts'],
	asset: ['getAssets', 'getAssetById'],
	attachment: ['createInvoiceAttachmentByFileName', 'getInvoiceAttachmentByFileName'],
	bankFeedConnection: ['createFeedConnections', 'deleteFeedConnections', 'getFeedConnection'],
	bankStatement: ['createStatements', 'getStatement', 'getStatements'],
	bankTransaction: ['createBankTransactions', 'updateBankTransaction', 'getBankTransaction'],
	bankTransfer: ['createBankTransfer', 'deleteBankTransfer'],
	batchPayment: ['createBatchPayment', 'deleteBatchPaymentByUrlParam', 'getBatchPayments'],
	brandingTheme: ['getBrandingThemes'],
	contact: ['createContacts', 'updateContact', 'updateOrCreateContacts', 'getContacts'],
	contactGroup: ['createContactGroup', 'createContactGroupContacts', 'deleteContactGroupContact'],
	creditNote: ['createCreditNotes', 'createCreditNoteAllocation', 'deleteCreditNoteAllocations'],
	currency: ['getCurrencies'],
	employee: ['getEmployees', 'getEmployee'],
	file: ['uploadFile', 'uploadFileToFolder', 'getFileContent', 'createFileAssociation'],
	folder: ['createFolder', 'getFolders'],
	invoice: ['createInvoices', 'updateInvoice', 'getInvoices', 'emailInvoice', 'getInvoiceAsPdf'],
	item: ['createItems', 'updateOrCreateItems', 'deleteItem', 'getItems'],
	journal: ['getJournals'],
	manualJournal: ['createManualJournals', 'updateManualJournal'],
	organisation: ['getOrganisations', 'getOrganisationActions'],
	overpayment: ['createOverpaymentAllocations', 'deleteOverpaymentAllocations', 'getOverpayment'],
	payRun: ['getPayRuns'],
	payment: ['createPayments', 'deletePayment', 'getPayments'],
	prepayment: ['createPrepaymentAllocations', 'getPrepayments'],
	project: ['getProjects', 'getProject'],
	purchaseOrder: ['createPurchaseOrders', 'updatePurchaseOrder', 'getPurchaseOrderAsPdf'],
	quote: ['createQuotes', 'updateQuote', 'getQuotes', 'getQuoteAsPdf'],
	repeatingInvoice: ['createRepeatingInvoices', 'getRepeatingInvoice'],
	report: ['getReportBalanceSheet', 'getReportProfitAndLoss', 'getReportTrialBalance'],
	taxRate: ['createTaxRates', 'updateTaxRate', 'getTaxRates'],
	timesheet: ['getTimesheets'],
	trackingCategory: ['createTrackingCategory', 'updateTrackingCategory', 'deleteTrackingCategory'],
	trackingOption: ['createTrackingOptions', 'updateTrackingOptions', 'deleteTrackingOptions'],
	user: ['getUsers', 'getUser'],
};

const without: Readonly<Record<string, string>> = {
	apiRequest: 'is any call at all',
	incrementalRead: 'asks nothing of Xero',
	connection: "is asked of Xero's identity service, which the SDK cannot be pointed at",
};

const sources = readdirSync(__dirname)
	.filter((name) => /^xeroNode.*\.test\.ts$/.test(name) && name !== 'xeroNodeCoverage.test.ts')
	.map((name) => readFileSync(join(__dirname, name), 'utf8'))
	.join('\n');

it('has a client of its own kind for each resource of the node', () => {
	expect(Object.keys({ ...calls, ...without }).sort()).toEqual(Object.keys(resources).sort());
});

it.each(Object.entries(calls))('%s is used by %j', (_resource, methods) => {
	expect(methods.filter((method) => !sources.includes(`api.${method}(`))).toEqual([]);
});
