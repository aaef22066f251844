import type { AccountingResource, AccountingRoute } from '../resource/ApiResource';
import { matchPath } from '../http/matchPath';
import { accounts } from './account/accounts';
import { bankTransactions } from './bankTransaction/bankTransactions';
import { bankTransfers } from './bankTransfer/bankTransfers';
import { batchPayments } from './batchPayment/batchPayments';
import { brandingThemes } from './brandingTheme/brandingThemes';
import { contactGroups } from './contactGroup/contactGroups';
import { contacts } from './contact/contacts';
import { creditNotes } from './creditNote/creditNotes';
import { currencies } from './currency/currencies';
import { invoices } from './invoice/invoices';
import { items } from './item/items';
import { journals } from './journal/journals';
import { manualJournals } from './manualJournal/manualJournals';
import { organisation } from './organisation/organisation';
import { overpayments } from './overpayment/overpayments';
import { payments } from './payment/payments';
import { prepayments } from './prepayment/prepayments';
import { purchaseOrders } from './purchaseOrder/purchaseOrders';
import { quotes } from './quote/quotes';
import { repeatingInvoices } from './repeatingInvoice/repeatingInvoices';
import { reports } from './report/reports';
import { taxRates } from './taxRate/taxRates';
import { trackingCategories } from './trackingCategory/trackingCategories';
import { attachments } from './subresource/attachments';
import { history } from './subresource/history';
import { printed } from './subresource/printed';
import { users } from './user/users';

/** Every resource of the Accounting API that the sandbox has: one file each. */
export const resources: readonly AccountingResource[] = [
	accounts,
	bankTransactions,
	bankTransfers,
	batchPayments,
	brandingThemes,
	attachments,
	contactGroups,
	contacts,
	creditNotes,
	currencies,
	history,
	invoices,
	items,
	journals,
	manualJournals,
	organisation,
	overpayments,
	payments,
	prepayments,
	purchaseOrders,
	quotes,
	repeatingInvoices,
	printed,
	reports,
	taxRates,
	trackingCategories,
	users,
];

export interface RouteMatch {
	readonly route: AccountingRoute;
	readonly scopes: readonly string[];
	readonly params: Readonly<Record<string, string>>;
}

/**
 * The route of one of the resources for a path below their API, or that the path exists with other
 * methods only.
 */
export function findRoute(
	among: readonly AccountingResource[],
	method: string,
	path: string,
): RouteMatch | 'wrong method' | undefined {
	let pathExists = false;
	for (const resource of among) {
		for (const route of resource.routes) {
			const params = matchPath(route.path, path);
			if (params === undefined) continue;
			pathExists = true;
			if (route.method === method)
				return { route, scopes: route.scopes ?? resource.scopes, params };
		}
	}
	return pathExists ? 'wrong method' : undefined;
}
