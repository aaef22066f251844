import type { ApiResource } from '../resource/ApiResource';
import { accounts } from './account/accounts';
import { bankTransactions } from './bankTransaction/bankTransactions';
import { bankTransfers } from './bankTransfer/bankTransfers';
import { batchPayments } from './batchPayment/batchPayments';
import { brandingThemes } from './brandingTheme/brandingThemes';
import { budgets } from './budget/budgets';
import { cisSettings } from './cis/cisSettings';
import { contacts } from './contact/contacts';
import { contactGroups } from './contactGroup/contactGroups';
import { creditNotes } from './creditNote/creditNotes';
import { currencies } from './currency/currencies';
import { invoices } from './invoice/invoices';
import { invoiceReminders } from './invoiceReminder/invoiceReminders';
import { items } from './item/items';
import { journals } from './journal/journals';
import { linkedTransactions } from './linkedTransaction/linkedTransactions';
import { manualJournals } from './manualJournal/manualJournals';
import { organisation } from './organisation/organisation';
import { overpayments } from './overpayment/overpayments';
import { payments } from './payment/payments';
import { paymentServices } from './paymentService/paymentServices';
import { prepayments } from './prepayment/prepayments';
import { purchaseOrders } from './purchaseOrder/purchaseOrders';
import { quotes } from './quote/quotes';
import { repeatingInvoices } from './repeatingInvoice/repeatingInvoices';
import { reports } from './report/reports';
import { setup } from './setup/setup';
import { attachments } from './subresource/attachments';
import { history } from './subresource/history';
import { printed } from './subresource/printed';
import { taxRates } from './taxRate/taxRates';
import { trackingCategories } from './trackingCategory/trackingCategories';
import { users } from './user/users';

/** Every resource of the Accounting API that the sandbox has: one folder for each kind of record. */
export const resources: readonly ApiResource[] = [
	accounts,
	bankTransactions,
	bankTransfers,
	batchPayments,
	brandingThemes,
	attachments,
	budgets,
	cisSettings,
	contactGroups,
	contacts,
	creditNotes,
	currencies,
	history,
	invoices,
	invoiceReminders,
	items,
	journals,
	linkedTransactions,
	manualJournals,
	organisation,
	overpayments,
	payments,
	paymentServices,
	prepayments,
	purchaseOrders,
	quotes,
	repeatingInvoices,
	printed,
	reports,
	setup,
	taxRates,
	trackingCategories,
	users,
];
