import type { INodePropertyOptions } from 'n8n-workflow';

import * as account from './account/Account.resource';
import * as apiRequest from './apiRequest/ApiRequest.resource';
import * as asset from './asset/Asset.resource';
import * as attachment from './attachment/Attachment.resource';
import * as bankFeedConnection from './bankFeedConnection/BankFeedConnection.resource';
import * as bankStatement from './bankStatement/BankStatement.resource';
import * as bankTransaction from './bankTransaction/BankTransaction.resource';
import * as bankTransfer from './bankTransfer/BankTransfer.resource';
import * as batchPayment from './batchPayment/BatchPayment.resource';
import * as brandingTheme from './brandingTheme/BrandingTheme.resource';
import * as connection from './connection/Connection.resource';
import * as contact from './contact/Contact.resource';
import * as contactGroup from './contactGroup/ContactGroup.resource';
import * as creditNote from './creditNote/CreditNote.resource';
import * as currency from './currency/Currency.resource';
import * as employee from './employee/Employee.resource';
import * as file from './file/File.resource';
import * as folder from './folder/Folder.resource';
import * as incrementalRead from './incrementalRead/IncrementalRead.resource';
import * as invoice from './invoice/Invoice.resource';
import * as item from './item/Item.resource';
import * as journal from './journal/Journal.resource';
import * as manualJournal from './manualJournal/ManualJournal.resource';
import * as organisation from './organisation/Organisation.resource';
import * as overpayment from './overpayment/Overpayment.resource';
import * as payRun from './payRun/PayRun.resource';
import * as payment from './payment/Payment.resource';
import * as prepayment from './prepayment/Prepayment.resource';
import * as project from './project/Project.resource';
import * as purchaseOrder from './purchaseOrder/PurchaseOrder.resource';
import * as quote from './quote/Quote.resource';
import * as repeatingInvoice from './repeatingInvoice/RepeatingInvoice.resource';
import * as taxRate from './taxRate/TaxRate.resource';
import * as timesheet from './timesheet/Timesheet.resource';
import * as trackingCategory from './trackingCategory/TrackingCategory.resource';
import * as trackingOption from './trackingOption/TrackingOption.resource';
import * as user from './user/User.resource';
import * as report from './report/Report.resource';
import type { ResourceModule } from '../operations/OperationModule';

/** By the value of the `resource` parameter. */
export const resources: Readonly<Record<string, ResourceModule>> = {
	account,
	apiRequest,
	asset,
	attachment,
	bankFeedConnection,
	bankStatement,
	bankTransaction,
	bankTransfer,
	batchPayment,
	brandingTheme,
	connection,
	contact,
	contactGroup,
	creditNote,
	currency,
	employee,
	file,
	folder,
	incrementalRead,
	invoice,
	item,
	journal,
	manualJournal,
	organisation,
	overpayment,
	payment,
	payRun,
	prepayment,
	project,
	purchaseOrder,
	quote,
	repeatingInvoice,
	report,
	taxRate,
	timesheet,
	trackingCategory,
	trackingOption,
	user,
};

/** The choices of the `resource` parameter, by name. */
export const resourceOptions: INodePropertyOptions[] = [
	{ name: 'Account', value: 'account' },
	{ name: 'API Request', value: 'apiRequest' },
	{ name: 'Asset', value: 'asset' },
	{ name: 'Attachment', value: 'attachment' },
	{ name: 'Bank Feed Connection', value: 'bankFeedConnection' },
	{ name: 'Bank Statement', value: 'bankStatement' },
	{ name: 'Bank Transaction', value: 'bankTransaction' },
	{ name: 'Bank Transfer', value: 'bankTransfer' },
	{ name: 'Batch Payment', value: 'batchPayment' },
	{ name: 'Branding Theme', value: 'brandingTheme' },
	{ name: 'Connection', value: 'connection' },
	{ name: 'Contact', value: 'contact' },
	{ name: 'Contact Group', value: 'contactGroup' },
	{ name: 'Credit Note', value: 'creditNote' },
	{ name: 'Currency', value: 'currency' },
	{ name: 'Employee', value: 'employee' },
	{ name: 'File', value: 'file' },
	{ name: 'Folder', value: 'folder' },
	{ name: 'Incremental Read', value: 'incrementalRead' },
	{ name: 'Invoice', value: 'invoice' },
	{ name: 'Item', value: 'item' },
	{ name: 'Journal', value: 'journal' },
	{ name: 'Manual Journal', value: 'manualJournal' },
	{ name: 'Organisation', value: 'organisation' },
	{ name: 'Overpayment', value: 'overpayment' },
	{ name: 'Pay Run', value: 'payRun' },
	{ name: 'Payment', value: 'payment' },
	{ name: 'Prepayment', value: 'prepayment' },
	{ name: 'Project', value: 'project' },
	{ name: 'Purchase Order', value: 'purchaseOrder' },
	{ name: 'Quote', value: 'quote' },
	{ name: 'Repeating Invoice', value: 'repeatingInvoice' },
	{ name: 'Report', value: 'report' },
	{ name: 'Tax Rate', value: 'taxRate' },
	{ name: 'Timesheet', value: 'timesheet' },
	{ name: 'Tracking Category', value: 'trackingCategory' },
	{ name: 'Tracking Option', value: 'trackingOption' },
	{ name: 'User', value: 'user' },
];
