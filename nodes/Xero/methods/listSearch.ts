import { entityLists } from './entityLists';
import { searchAccounts } from './searchAccounts';
import { searchBrandingThemes } from './searchBrandingThemes';
import { searchContacts } from './searchContacts';
import { searchCurrencies } from './searchCurrencies';
import { searchInvoices } from './searchInvoices';
import { searchItems } from './searchItems';
import { searchOrganisations } from './searchOrganisations';
import { searchPaymentAccounts } from './searchPaymentAccounts';
import { searchPurchaseOrders } from './searchPurchaseOrders';
import { searchQuotes } from './searchQuotes';
import { searchTaxRates } from './searchTaxRates';
import { searchTrackingOptions } from './searchTrackingOptions';

/** By the names that fields call in `searchListMethod`. */
export const listSearch = {
	...entityLists,
	searchAccounts,
	searchBrandingThemes,
	searchContacts,
	searchCurrencies,
	searchInvoices,
	searchItems,
	searchOrganisations,
	searchPaymentAccounts,
	searchPurchaseOrders,
	searchQuotes,
	searchTaxRates,
	searchTrackingOptions,
};
