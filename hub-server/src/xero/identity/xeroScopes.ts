/** What a user of Xero can let an app do in one part of their organisation. */
export interface ScopeArea {
	/** In words, such as "Contacts and contact groups". */
	readonly label: string;
	/** Absent where Xero has no scope that reads only. */
	readonly read?: string;
	/** To read and write; absent where nothing can be written. */
	readonly write?: string;
}

/** Areas that belong together, and what Xero asks of an app that wants them. */
export interface ScopeGroup {
	readonly name: string;
	readonly label: string;
	readonly areas: readonly ScopeArea[];
	/** What to know before asking for them. */
	readonly note?: string;
	/** What Xero must have agreed to first: any other app gets `invalid_scope`, and the consent fails as a whole. */
	readonly needs?: string;
}

export type ScopeLevel = 'off' | 'read' | 'write';

/** Who consents, and that access lasts while they are away: no part of an organisation. */
export const IDENTITY_SCOPES = ['offline_access', 'openid', 'profile', 'email'] as const;

const both = (scope: string, label: string): ScopeArea => ({
	label,
	read: `${scope}.read`,
	write: scope,
});

const report = (name: string, label: string): ScopeArea => ({
	label,
	read: `accounting.reports.${name}.read`,
});

/**
 * Xero's scopes by what they are for.
 *
 * @see https://developer.xero.com/documentation/guides/oauth2/scopes/ and developer.xero.com/faq/granular-scopes;
 * those of Practice Manager as the samples of XeroAPI ask for them
 */
export const SCOPE_GROUPS: readonly ScopeGroup[] = [
	{
		name: 'sales',
		label: 'Sales and purchases',
		areas: [
			both('accounting.contacts', 'Contacts and contact groups'),
			both(
				'accounting.invoices',
				'Invoices, bills, credit notes, quotes, purchase orders and items',
			),
		],
	},
	{
		name: 'money',
		label: 'Payments and bank',
		areas: [
			both('accounting.payments', 'Payments, batch payments, prepayments and overpayments'),
			both('accounting.banktransactions', 'Bank transactions and transfers'),
			{ label: 'Payment services', write: 'paymentservices' },
		],
	},
	{
		name: 'books',
		label: 'Books and settings',
		areas: [
			both('accounting.settings', 'Accounts, tax rates, tracking, currencies and organisation'),
			both('accounting.manualjournals', 'Manual journals'),
			{ label: 'Budgets', read: 'accounting.budgets.read' },
		],
	},
	{
		name: 'documents',
		label: 'Documents',
		areas: [both('accounting.attachments', 'Attachments'), both('files', 'Files and folders')],
	},
	{
		name: 'reports',
		label: 'Reports',
		note: 'The user who connects needs permission to see reports in Xero.',
		areas: [
			report('aged', 'Aged receivables and payables'),
			report('balancesheet', 'Balance sheet'),
			report('banksummary', 'Bank summary'),
			report('budgetsummary', 'Budget summary'),
			report('executivesummary', 'Executive summary'),
			report('profitandloss', 'Profit and loss'),
			report('taxreports', 'Tax reports (BAS, GST)'),
			report('tenninetynine', '1099 (United States)'),
			report('trialbalance', 'Trial balance'),
		],
	},
	{
		name: 'work',
		label: 'Projects and assets',
		areas: [both('projects', 'Projects, tasks and time'), both('assets', 'Fixed assets')],
	},
	{
		name: 'payroll',
		label: 'Payroll',
		note: 'Australia, New Zealand and the United Kingdom only. Where payroll is not set up, Xero grants the scope and then answers each call with 403.',
		areas: [
			both('payroll.employees', 'Employees'),
			both('payroll.payruns', 'Pay runs'),
			both('payroll.payslip', 'Payslips'),
			both('payroll.settings', 'Payroll settings'),
			both('payroll.timesheets', 'Timesheets'),
		],
	},
	{
		name: 'journals',
		label: 'General ledger',
		needs:
			'Xero gives this to apps of the Advanced tier, after a security assessment. An app made since 2 March 2026 does not have it by itself.',
		areas: [{ label: 'Journals', read: 'accounting.journals.read' }],
	},
	{
		name: 'bank_feeds',
		label: 'Bank feeds',
		needs: 'For banks and partners that Xero has approved. Ask your partner manager at Xero.',
		areas: [
			{ label: 'Bank feeds and statements', write: 'bankfeeds' },
			{ label: 'Feed connections 2.0', write: 'bankfeedsv2' },
		],
	},
	{
		name: 'finance',
		label: 'Finance API',
		needs: 'For lenders and other finance partners that Xero has approved.',
		areas: [
			{ label: 'Accounting activity', read: 'finance.accountingactivity.read' },
			{ label: 'Cash validation', read: 'finance.cashvalidation.read' },
			{ label: 'Financial statements', read: 'finance.statements.read' },
			{ label: 'Bank statements', read: 'finance.bankstatementsplus.read' },
		],
	},
	{
		name: 'practice_manager',
		label: 'Practice Manager',
		needs: 'For apps of the Advanced tier, after a security assessment.',
		areas: [
			both('practicemanager', 'Practice Manager'),
			both('practicemanager.client', 'Clients'),
			both('practicemanager.job', 'Jobs'),
			both('practicemanager.staff', 'Staff'),
			both('practicemanager.time', 'Time'),
		],
	},
	{
		name: 'broad',
		label: 'Old broad scopes',
		needs:
			'Only for apps made before 2 March 2026, and only until 13 September 2027. Use the scopes above instead.',
		areas: [
			both('accounting.transactions', 'Invoices, payments, bank transactions and manual journals'),
			{ label: 'All reports', read: 'accounting.reports.read' },
		],
	},
];

/** Scopes for which Xero must have agreed to something first. */
export const SCOPES_BY_APPROVAL: ReadonlySet<string> = new Set(
	SCOPE_GROUPS.filter(({ needs }) => needs !== undefined).flatMap(({ areas }) =>
		areas.flatMap(({ read, write }) => [read, write].filter((scope) => scope !== undefined)),
	),
);

/** A scope in words: "Contacts and contact groups: read and write". One that is not known stands for itself. */
export function scopeLabel(scope: string): string {
	const area = SCOPE_GROUPS.flatMap(({ areas }) => areas).find(
		({ read, write }) => read === scope || write === scope,
	);
	if (area === undefined) return scope;
	return `${area.label}: ${area.write === scope ? 'read and write' : 'read'}`;
}
