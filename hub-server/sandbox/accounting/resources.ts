import type { AccountingResource, AccountingRoute } from './AccountingResource';
import { matchPath } from '../http/matchPath';
import { accounts } from './accounts';
import { bankTransactions } from './bankTransactions';
import { bankTransfers } from './bankTransfers';
import { batchPayments } from './batchPayments';
import { brandingThemes } from './brandingThemes';
import { contactGroups } from './contactGroups';
import { contacts } from './contacts';
import { creditNotes } from './creditNotes';
import { currencies } from './currencies';
import { invoices } from './invoices';
import { items } from './items';
import { journals } from './journals';
import { manualJournals } from './manualJournals';
import { organisation } from './organisation';
import { overpayments } from './overpayments';
import { payments } from './payments';
import { prepayments } from './prepayments';
import { purchaseOrders } from './purchaseOrders';
import { quotes } from './quotes';
import { repeatingInvoices } from './repeatingInvoices';
import { reports } from './reports';
import { taxRates } from './taxRates';
import { trackingCategories } from './trackingCategories';
import { attachments } from './subresource/attachments';
import { history } from './subresource/history';
import { printed } from './subresource/printed';
import { users } from './users';

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
