import type { IDataObject } from 'n8n-workflow';

/** What lines start with in one organisation: Xero fills it in on invoices, and not on quotes. */
export interface LineDefaults {
	readonly accounts: readonly IDataObject[];
	readonly items: readonly IDataObject[];
	readonly trackingCategories: readonly IDataObject[];
}
