import type { Account } from '../world/Books';

export type AccountTax = 'sales' | 'purchases' | 'none';

export interface SeedAccount {
	readonly code: string | undefined;
	readonly name: string;
	readonly type: string;
	readonly class: Account['class'];
	readonly tax: AccountTax;
	readonly systemAccount?: string;
	readonly archived?: true;
	readonly fields?: Readonly<Record<string, unknown>>;
}

const account = (
	code: string | undefined,
	name: string,
	type: string,
	accountClass: Account['class'],
	tax: AccountTax,
	rest: Partial<SeedAccount> = {},
): SeedAccount => ({
	code,
	name,
	type,
	class: accountClass,
	tax,
	...rest,
});
const revenue = (code: string, name: string, type = 'REVENUE', tax: AccountTax = 'sales') =>
	account(code, name, type, 'REVENUE', tax);
const expense = (code: string, name: string, tax: AccountTax = 'purchases') =>
	account(code, name, 'EXPENSE', 'EXPENSE', tax);
const bank = (code: string, name: string, number: string) =>
	account(code, name, 'BANK', 'ASSET', 'none', {
		fields: { BankAccountNumber: number, BankAccountType: 'BANK' },
	});

/** A chart like the one of Xero's demo companies. */
export const chartOfAccounts: readonly SeedAccount[] = [
	bank('090', 'Business Bank Account', '0908007006543'),
	bank('091', 'Business Savings Account', '0908007006544'),
	revenue('200', 'Sales'),
	revenue('260', 'Other Revenue'),
	revenue('270', 'Interest Income', 'REVENUE', 'none'),
	account('310', 'Cost of Goods Sold', 'DIRECTCOSTS', 'EXPENSE', 'purchases'),
	expense('400', 'Advertising'),
	expense('404', 'Bank Fees', 'none'),
	expense('408', 'Cleaning'),
	expense('412', 'Consulting & Accounting'),
	expense('416', 'Depreciation', 'none'),
	expense('420', 'Entertainment'),
	expense('425', 'Freight & Courier'),
	expense('429', 'General Expenses'),
	expense('433', 'Insurance'),
	expense('437', 'Interest Expense', 'none'),
	expense('441', 'Legal expenses'),
	expense('445', 'Light, Power, Heating'),
	expense('449', 'Motor Vehicle Expenses'),
	expense('453', 'Office Expenses'),
	expense('461', 'Printing & Stationery'),
	expense('469', 'Rent'),
	expense('473', 'Repairs and Maintenance'),
	expense('477', 'Salaries', 'none'),
	expense('485', 'Subscriptions'),
	expense('489', 'Telephone & Internet'),
	expense('493', 'Travel - National'),
	account('499', 'Old Stationery Account', 'EXPENSE', 'EXPENSE', 'purchases', { archived: true }),
	account('610', 'Accounts Receivable', 'CURRENT', 'ASSET', 'none', { systemAccount: 'DEBTORS' }),
	account('620', 'Prepayments', 'CURRENT', 'ASSET', 'none'),
	account('630', 'Inventory', 'INVENTORY', 'ASSET', 'none'),
	account('710', 'Office Equipment', 'FIXED', 'ASSET', 'purchases'),
	account('711', 'Less Accumulated Depreciation on Office Equipment', 'FIXED', 'ASSET', 'none'),
	account('720', 'Computer Equipment', 'FIXED', 'ASSET', 'purchases'),
	account('800', 'Accounts Payable', 'CURRLIAB', 'LIABILITY', 'none', {
		systemAccount: 'CREDITORS',
	}),
	account('801', 'Unpaid Expense Claims', 'CURRLIAB', 'LIABILITY', 'none', {
		systemAccount: 'UNPAIDEXPCLM',
	}),
	account('820', 'Sales Tax', 'CURRLIAB', 'LIABILITY', 'none', { systemAccount: 'GST' }),
	account('840', 'Historical Adjustment', 'CURRLIAB', 'LIABILITY', 'none', {
		systemAccount: 'HISTORICAL',
	}),
	account('860', 'Rounding', 'CURRLIAB', 'LIABILITY', 'none', { systemAccount: 'ROUNDING' }),
	account('877', 'Tracking Transfers', 'CURRLIAB', 'LIABILITY', 'none', {
		systemAccount: 'TRACKINGTRANSFERS',
	}),
	account('880', 'Owner A Drawings', 'CURRLIAB', 'LIABILITY', 'none'),
	account('900', 'Loan', 'TERMLIAB', 'LIABILITY', 'none'),
	account('960', 'Retained Earnings', 'EQUITY', 'EQUITY', 'none', {
		systemAccount: 'RETAINEDEARNINGS',
	}),
	account('970', 'Owner A Funds Introduced', 'EQUITY', 'EQUITY', 'none', {
		fields: { EnablePaymentsToAccount: true },
	}),
];
