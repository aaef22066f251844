import type { MappingKind } from '../database/tables';

/** How people say it, and what they can do about one that cannot be used. */
export const KIND_WORDS: Readonly<
	Record<
		MappingKind,
		{
			readonly one: string;
			readonly many: string;
			/** Of one that is not there. */
			readonly choose: string;
			/** Of one that is there and cannot be used. */
			readonly mend: string;
		}
	>
> = {
	account: {
		one: 'account',
		many: 'Accounts',
		choose: 'Choose another account.',
		mend: 'Restore it in Xero’s chart of accounts, or choose another account.',
	},
	tax_rate: {
		one: 'tax rate',
		many: 'Tax rates',
		choose: 'Choose another tax rate.',
		mend: 'Choose another tax rate.',
	},
	item: {
		one: 'item',
		many: 'Items',
		choose: 'Choose another item.',
		mend: 'Choose another item.',
	},
	tracking: {
		one: 'tracking option',
		many: 'Tracking',
		choose: 'Choose another option.',
		mend: 'Restore it under Tracking categories in Xero, or choose another option.',
	},
	contact: {
		one: 'contact',
		many: 'Contacts',
		choose: 'Choose another contact.',
		mend: 'Restore it in Xero, or choose another contact.',
	},
	payment_account: {
		one: 'payment account',
		many: 'Payment accounts',
		choose: 'Choose a bank account, or one with "Enable payments to this account".',
		mend: 'Change that in Xero’s chart of accounts, or choose another one.',
	},
	currency: {
		one: 'currency',
		many: 'Currencies',
		choose: 'Add the currency in Xero, or choose one that is there.',
		mend: 'Add the currency in Xero, or choose one that is there.',
	},
};
