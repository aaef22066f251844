import { defineResource } from '../../operations/defineResource';
import * as addNote from './addNote.operation';
import * as archive from './archive.operation';
import * as create from './create.operation';
import * as findOrCreate from './findOrCreate.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as getHistory from './getHistory.operation';
import * as push from './push.operation';
import * as update from './update.operation';
import * as upsert from './upsert.operation';

export const contact = defineResource({
	title: 'Contact',
	value: 'contact',
	operations: {
		addNote,
		archive,
		create,
		findOrCreate,
		get,
		getAll,
		getHistory,
		push,
		update,
		upsert,
	},
	choices: [
		{
			name: 'Add Note',
			value: 'addNote',
			action: 'Add note to contact',
			description: 'Add a note to the history of a contact',
		},
		{
			name: 'Archive',
			value: 'archive',
			action: 'Archive contact',
			description: 'Archive a contact; it cannot be changed through the API any more',
		},
		{
			name: 'Create',
			value: 'create',
			action: 'Create contact',
			description: 'Create a new contact',
		},
		{
			name: 'Create or Update',
			value: 'upsert',
			action: 'Create or update contact',
			description: 'Create a new record, or update the current one if it already exists (upsert)',
		},
		{
			name: 'Find or Create',
			value: 'findOrCreate',
			action: 'Find or create contact',
			description: 'Get the contact with a name, email or number, and create it if there is none',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get contact',
			description: 'Get a contact by its ID',
		},
		{
			name: 'Get History',
			value: 'getHistory',
			action: 'Get history of contact',
			description: 'List the changes and notes of a contact',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many contacts',
			description: 'Search and list contacts',
		},
		{
			name: 'Push',
			value: 'push',
			action: 'Push contact',
			description:
				'Bring a contact of another system to Xero through the hub: made once, then kept up to date',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update contact',
			description: 'Change a contact; fields that are left out keep their values',
		},
	],
	default: 'create',
	returnable: `
		AccountNumber AccountsPayableTaxType AccountsReceivableTaxType Addresses Balances
		BankAccountDetails BatchPayments BrandingTheme CompanyNumber ContactGroups ContactNumber
		ContactPersons ContactStatus DefaultCurrency Discount EmailAddress FirstName HasAttachments
		IsCustomer IsSupplier LastName MergedToContactID Name PaymentTerms Phones
		PurchasesDefaultAccountCode PurchasesDefaultLineAmountType PurchasesTrackingCategories
		SalesDefaultAccountCode SalesDefaultLineAmountType SalesTrackingCategories TaxNumber
		TaxNumberType UpdatedDateUTC Website XeroNetworkKey
	`,
});
