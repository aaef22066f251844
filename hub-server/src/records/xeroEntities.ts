/** How one kind of record stands in Xero's APIs, as far as the hub reads it. */
export interface XeroEntity {
	/** As event types name it; `invoice` holds bills too. */
	readonly entity: string;
	/** As Xero's webhooks name it, or would. */
	readonly category: string;
	/** Key of the answer, and path segment unless `path` is. */
	readonly collection: string;
	readonly path?: string;
	/** Where it stands; the Accounting API unless it says otherwise. */
	readonly api?: 'bankfeeds.xro/1.0';
	/** What the user must have consented to for it to be read (Xero's OpenAPI file; its `.read` does too). */
	readonly scope: string;
	/** Whether nobody reads it unless it was consented to, for few have that. */
	readonly isByConsent?: boolean;
	readonly idField: string;
	/**
	 * `sized`: pages of up to 1,000 with `pagination`, in order of change; `fixed`: pages of 100 without it;
	 * `since`: one answer, of what has changed since; `whole`: one answer with everything, for the list takes
	 * no `If-Modified-Since` or its records tell no time of change; `pages`: everything too, in numbered pages of 100 in
	 * an order that Xero does not tell, of which nothing ever goes.
	 */
	readonly list: 'sized' | 'fixed' | 'since' | 'whole' | 'pages';
	/** More parameters of the list. */
	readonly listQuery?: string;
	/** `order` makes Xero give everything on each page (singer-io/tap-xero#104); its usual order is by change. */
	readonly takesNoOrder?: boolean;
	/** More parameters of a list by `IDs`; absent where the API takes none. */
	readonly bulkQuery?: string;
	/** Parameters of a single record. */
	readonly singleQuery?: string;
}

/** Without it Xero rounds unit amounts to two decimals. */
const FOUR_DECIMALS = 'unitdp=4';

/**
 * Archived contacts, and what was deleted, are listed only where they are asked for (tap-xero#59). Which
 * lists are paged and take the header: Xero's OpenAPI file 16.1.0. Bank transfers have the header, and
 * only the time when they were made.
 */
export const XERO_ENTITIES: readonly XeroEntity[] = [
	{
		entity: 'contact',
		category: 'CONTACT',
		scope: 'accounting.contacts',
		collection: 'Contacts',
		idField: 'ContactID',
		list: 'sized',
		listQuery: 'includeArchived=true',
		bulkQuery: 'includeArchived=true',
	},
	{
		entity: 'invoice',
		category: 'INVOICE',
		scope: 'accounting.invoices',
		collection: 'Invoices',
		idField: 'InvoiceID',
		list: 'sized',
		listQuery: `includeArchived=true&${FOUR_DECIMALS}`,
		bulkQuery: `includeArchived=true&${FOUR_DECIMALS}`,
	},
	{
		entity: 'credit_note',
		category: 'CREDITNOTE',
		scope: 'accounting.invoices',
		collection: 'CreditNotes',
		idField: 'CreditNoteID',
		list: 'sized',
		listQuery: FOUR_DECIMALS,
		singleQuery: FOUR_DECIMALS,
	},
	{
		entity: 'payment',
		category: 'PAYMENT',
		scope: 'accounting.payments',
		collection: 'Payments',
		idField: 'PaymentID',
		list: 'sized',
	},
	{
		entity: 'prepayment',
		category: 'PREPAYMENT',
		scope: 'accounting.payments',
		collection: 'Prepayments',
		idField: 'PrepaymentID',
		list: 'sized',
		listQuery: FOUR_DECIMALS,
		singleQuery: FOUR_DECIMALS,
	},
	{
		entity: 'overpayment',
		category: 'OVERPAYMENT',
		scope: 'accounting.payments',
		collection: 'Overpayments',
		idField: 'OverpaymentID',
		list: 'sized',
		listQuery: FOUR_DECIMALS,
		singleQuery: FOUR_DECIMALS,
	},
	{
		entity: 'bank_transaction',
		category: 'BANKTRANSACTION',
		scope: 'accounting.banktransactions',
		collection: 'BankTransactions',
		idField: 'BankTransactionID',
		list: 'sized',
		listQuery: FOUR_DECIMALS,
		singleQuery: FOUR_DECIMALS,
	},
	{
		entity: 'bank_transfer',
		category: 'BANKTRANSFER',
		scope: 'accounting.banktransactions',
		collection: 'BankTransfers',
		idField: 'BankTransferID',
		list: 'whole',
		listQuery: 'includeDeleted=true',
	},
	{
		entity: 'item',
		category: 'ITEM',
		scope: 'accounting.settings',
		collection: 'Items',
		idField: 'ItemID',
		list: 'since',
		listQuery: FOUR_DECIMALS,
		singleQuery: FOUR_DECIMALS,
	},
	{
		entity: 'account',
		category: 'ACCOUNT',
		scope: 'accounting.settings',
		collection: 'Accounts',
		idField: 'AccountID',
		list: 'since',
	},
	{
		entity: 'quote',
		category: 'QUOTE',
		scope: 'accounting.invoices',
		collection: 'Quotes',
		idField: 'QuoteID',
		list: 'fixed',
		listQuery: FOUR_DECIMALS,
		singleQuery: FOUR_DECIMALS,
	},
	{
		entity: 'purchase_order',
		category: 'PURCHASEORDER',
		scope: 'accounting.invoices',
		collection: 'PurchaseOrders',
		idField: 'PurchaseOrderID',
		list: 'sized',
		listQuery: FOUR_DECIMALS,
		singleQuery: FOUR_DECIMALS,
	},
	{
		entity: 'manual_journal',
		category: 'MANUALJOURNAL',
		scope: 'accounting.manualjournals',
		collection: 'ManualJournals',
		idField: 'ManualJournalID',
		list: 'sized',
		takesNoOrder: true,
	},
	{
		entity: 'tax_rate',
		category: 'TAXRATE',
		scope: 'accounting.settings',
		collection: 'TaxRates',
		idField: 'TaxType',
		list: 'whole',
	},
	{
		entity: 'tracking_category',
		category: 'TRACKINGCATEGORY',
		scope: 'accounting.settings',
		collection: 'TrackingCategories',
		idField: 'TrackingCategoryID',
		list: 'whole',
		listQuery: 'includeArchived=true',
	},
	{
		entity: 'organisation',
		category: 'ORGANISATION',
		scope: 'accounting.settings',
		collection: 'Organisations',
		path: 'Organisation',
		idField: 'OrganisationID',
		list: 'whole',
	},
	{
		// OpenAPI file of Bank Feeds 16.1.0: GET /Statements takes page and pageSize (its example: 100), and nothing else.
		entity: 'bank_statement',
		category: 'BANKSTATEMENT',
		collection: 'items',
		path: 'Statements',
		api: 'bankfeeds.xro/1.0',
		scope: 'bankfeeds',
		isByConsent: true,
		idField: 'id',
		list: 'pages',
	},
];

/** Whether each run reads everything there is: such a list tells no changes. */
export function isReadWhole({ list }: Pick<XeroEntity, 'list'>): boolean {
	return list === 'whole' || list === 'pages';
}

/** Where the list stands. */
export function listPath({ api, path, collection }: XeroEntity): string {
	return `/${api ?? ACCOUNTING}/${path ?? collection}`;
}

/** Where one record stands. */
export function recordPath({ api, path, collection }: XeroEntity, id: string): string {
	const segment = api === undefined ? collection : (path ?? collection);
	return `/${api ?? ACCOUNTING}/${segment}/${encodeURIComponent(id)}`;
}

const ACCOUNTING = 'api.xro/2.0';

const BY_CATEGORY = new Map(XERO_ENTITIES.map((one) => [one.category, one]));
const BY_ENTITY = new Map(XERO_ENTITIES.map((one) => [one.entity, one]));

/** @param category Xero's eventCategory, upper case */
export function entityOfCategory(category: string): XeroEntity | undefined {
	return BY_CATEGORY.get(category);
}

/** @param entity of an event type; `bill` is found with `invoice` */
export function findEntity(entity: string): XeroEntity | undefined {
	return BY_ENTITY.get(entity === 'bill' ? 'invoice' : entity);
}
