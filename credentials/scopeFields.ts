import type { INodeProperties } from 'n8n-workflow';

/**
 * What apps made before March 2026 could ask for at once. Xero ends these scopes on 13 September 2027.
 */
const LEGACY_SCOPES = [
	'accounting.transactions',
	'accounting.contacts',
	'accounting.settings',
	'accounting.attachments',
	'accounting.reports.read',
];

/** Enough for contacts, invoices, bills and payments, and for choosing accounts in lists. */
const USUAL_SCOPES = [
	'accounting.contacts',
	'accounting.invoices',
	'accounting.payments',
	'accounting.settings.read',
];

/**
 * The fields by which a user chooses permissions, and the hidden `scope` that n8n sends to Xero.
 *
 * @param always scopes that every connection needs, such as `offline_access`
 * @see https://developer.xero.com/documentation/guides/oauth2/scopes/
 */
export function scopeFields(always: readonly string[]): INodeProperties[] {
	const head = always.map((scope) => `${scope} `).join('');
	return [
		{
			displayName: 'Permissions',
			name: 'permissions',
			type: 'options',
			options: [
				{
					name: 'Choose Areas',
					value: 'areas',
					description: 'The granular scopes; the only ones of apps made since March 2026',
				},
				{
					name: 'Legacy',
					value: 'legacy',
					description:
						'The broad scopes of apps made before March 2026, which Xero ends in September 2027',
				},
				{ name: 'Write Scopes', value: 'text', description: 'A list of your own' },
			],
			default: 'areas',
			description:
				'What to ask for. Connect again after a change: an existing connection keeps the scopes it was given.',
		},
		{
			displayName: 'Areas',
			name: 'areas',
			type: 'multiOptions',
			options: [
				{ name: 'Assets: Read', value: 'assets.read' },
				{ name: 'Assets: Read and Write', value: 'assets' },
				{ name: 'Attachments: Read', value: 'accounting.attachments.read' },
				{ name: 'Attachments: Read and Write', value: 'accounting.attachments' },
				{
					name: 'Bank Feeds (Approved Partners)',
					value: 'bankfeeds',
					description: 'Xero must have approved the app for it',
				},
				{
					name: 'Bank Transactions and Transfers: Read',
					value: 'accounting.banktransactions.read',
				},
				{
					name: 'Bank Transactions and Transfers: Read and Write',
					value: 'accounting.banktransactions',
				},
				{ name: 'Budgets: Read', value: 'accounting.budgets.read' },
				{ name: 'Contacts: Read', value: 'accounting.contacts.read' },
				{ name: 'Contacts: Read and Write', value: 'accounting.contacts' },
				{ name: 'Files: Read', value: 'files.read' },
				{ name: 'Files: Read and Write', value: 'files' },
				{
					name: 'Invoices, Bills, Credit Notes, Quotes, Orders and Items: Read',
					value: 'accounting.invoices.read',
				},
				{
					name: 'Invoices, Bills, Credit Notes, Quotes, Orders and Items: Read and Write',
					value: 'accounting.invoices',
				},
				{
					name: 'Journals: Read (Premium)',
					value: 'accounting.journals.read',
					description: 'Only for apps of the Advanced tier with a security assessment',
				},
				{ name: 'Manual Journals: Read', value: 'accounting.manualjournals.read' },
				{ name: 'Manual Journals: Read and Write', value: 'accounting.manualjournals' },
				{
					name: 'Payment Services: Read and Write',
					value: 'paymentservices',
				},
				{
					name: 'Payments, Prepayments and Overpayments: Read',
					value: 'accounting.payments.read',
				},
				{
					name: 'Payments, Prepayments and Overpayments: Read and Write',
					value: 'accounting.payments',
				},
				{ name: 'Payroll Employees: Read', value: 'payroll.employees.read' },
				{ name: 'Payroll Pay Runs: Read', value: 'payroll.payruns.read' },
				{ name: 'Payroll Timesheets: Read', value: 'payroll.timesheets.read' },
				{ name: 'Projects: Read', value: 'projects.read' },
				{ name: 'Projects: Read and Write', value: 'projects' },
				{ name: 'Report: 1099', value: 'accounting.reports.tenninetynine.read' },
				{ name: 'Report: Aged Receivables and Payables', value: 'accounting.reports.aged.read' },
				{ name: 'Report: Balance Sheet', value: 'accounting.reports.balancesheet.read' },
				{ name: 'Report: Bank Summary', value: 'accounting.reports.banksummary.read' },
				{ name: 'Report: Budget Summary', value: 'accounting.reports.budgetsummary.read' },
				{ name: 'Report: Executive Summary', value: 'accounting.reports.executivesummary.read' },
				{ name: 'Report: Profit and Loss', value: 'accounting.reports.profitandloss.read' },
				{ name: 'Report: Tax', value: 'accounting.reports.taxreports.read' },
				{ name: 'Report: Trial Balance', value: 'accounting.reports.trialbalance.read' },
				{
					name: 'Settings (Accounts, Tax Rates, Items, Tracking): Read',
					value: 'accounting.settings.read',
				},
				{
					name: 'Settings (Accounts, Tax Rates, Items, Tracking): Read and Write',
					value: 'accounting.settings',
				},
			],
			default: USUAL_SCOPES,
			description: 'Choose what your workflows need and no more; users see the list',
			displayOptions: { show: { permissions: ['areas'] } },
		},
		{
			displayName: 'Further Scopes',
			name: 'furtherScopes',
			type: 'string',
			default: '',
			placeholder: 'e.g. payroll.payslip.read payroll.settings.read',
			description: 'Separated by spaces, in addition to the above',
			displayOptions: { show: { permissions: ['areas', 'legacy'] } },
		},
		{
			displayName: 'Scopes',
			name: 'scopeText',
			type: 'string',
			default: USUAL_SCOPES.join(' '),
			description: 'Separated by spaces',
			displayOptions: { show: { permissions: ['text'] } },
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: `={{ ("${head}" + ($self["permissions"] === "text" ? $self["scopeText"] : ($self["permissions"] === "legacy" ? "${LEGACY_SCOPES.join(' ')}" : ($self["areas"] || []).join(" ")) + " " + ($self["furtherScopes"] || ""))).trim() }}`,
		},
	];
}
