import { entityLists } from './entityLists';
import { searchAccountRecords } from './searchAccountRecords';
import { searchAccounts } from './searchAccounts';
import { searchAssets } from './searchAssets';
import { searchBankAccounts } from './searchBankAccounts';
import { searchBrandingThemes } from './searchBrandingThemes';
import { searchDocuments, searchFiledRecords } from './searchByKind';
import { searchContacts } from './searchContacts';
import { searchCurrencies } from './searchCurrencies';
import { searchEmployees } from './searchEmployees';
import { searchFeedConnections } from './searchFeedConnections';
import { searchFiles } from './searchFiles';
import { searchFolders } from './searchFolders';
import { searchInvoices } from './searchInvoices';
import { searchItemRecords } from './searchItemRecords';
import { searchItems } from './searchItems';
import { searchOrganisations } from './searchOrganisations';
import { searchPaymentAccounts } from './searchPaymentAccounts';
import { searchProjects } from './searchProjects';
import { searchPurchaseOrders } from './searchPurchaseOrders';
import { searchQuotes } from './searchQuotes';
import { searchStatements } from './searchStatements';
import { searchTaxRates } from './searchTaxRates';
import { searchTrackingOptions } from './searchTrackingOptions';

/** By the names that fields call in `searchListMethod`. */
export const listSearch = {
	...entityLists,
	searchAccountRecords,
	searchAccounts,
	searchAssets,
	searchBankAccounts,
	searchBrandingThemes,
	searchContacts,
	searchCurrencies,
	searchDocuments,
	searchEmployees,
	searchFeedConnections,
	searchFiledRecords,
	searchFiles,
	searchFolders,
	searchInvoices,
	searchItemRecords,
	searchItems,
	searchOrganisations,
	searchPaymentAccounts,
	searchProjects,
	searchPurchaseOrders,
	searchQuotes,
	searchStatements,
	searchTaxRates,
	searchTrackingOptions,
};
