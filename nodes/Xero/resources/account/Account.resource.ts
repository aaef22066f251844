import { defineResource } from '../../operations/defineResource';
import * as archive from './archive.operation';
import * as create from './create.operation';
import * as remove from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as push from './push.operation';
import * as update from './update.operation';

export const account = defineResource({
	title: 'Account',
	value: 'account',
	operations: {
		archive,
		create,
		delete: remove,
		get,
		getAll,
		push,
		update,
	},
	choices: [
		{
			name: 'Archive',
			value: 'archive',
			action: 'Archive account',
			description: 'Archive an account, so that nothing new is booked on it',
		},
		{
			name: 'Create',
			value: 'create',
			action: 'Create account',
			description: 'Add an account to the chart',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete account',
			description: 'Permanently delete an account that was never used',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get account',
			description: 'Get an account by its ID',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many accounts',
			description: 'List the chart of accounts',
		},
		{
			name: 'Push',
			value: 'push',
			action: 'Push account',
			description:
				'Bring an account of another system to Xero through the hub: made once, then kept up to date',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update account',
			description: 'Change an account; fields that are left out keep their values',
		},
	],
	default: 'getAll',
	returnable: `
		AddToWatchlist BankAccountNumber BankAccountType Class Code CurrencyCode Description
		EnablePaymentsToAccount HasAttachments Name ReportingCode ReportingCodeName
		ShowInExpenseClaims Status SystemAccount TaxType Type UpdatedDateUTC
	`,
});
