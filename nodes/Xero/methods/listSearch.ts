import { searchAccounts } from './searchAccounts';
import { searchBrandingThemes } from './searchBrandingThemes';
import { searchContacts } from './searchContacts';
import { searchCurrencies } from './searchCurrencies';
import { searchInvoices } from './searchInvoices';
import { searchItems } from './searchItems';
import { searchOrganisations } from './searchOrganisations';
import { searchTaxRates } from './searchTaxRates';
import { searchTrackingOptions } from './searchTrackingOptions';

/** By the names that fields call in `searchListMethod`. */
export const listSearch = {
	searchAccounts,
	searchBrandingThemes,
	searchContacts,
	searchCurrencies,
	searchInvoices,
	searchItems,
	searchOrganisations,
	searchTaxRates,
	searchTrackingOptions,
};
