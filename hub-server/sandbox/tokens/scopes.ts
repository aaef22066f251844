/**
 * Which scopes exist and what they open (the granular set of 2026, and the broad ones that only
 * older apps may still ask for).
 *
 * @see https://developer.xero.com/documentation/guides/oauth2/scopes/
 */
const withRead = [
	'accounting.invoices',
	'accounting.payments',
	'accounting.banktransactions',
	'accounting.manualjournals',
	'accounting.contacts',
	'accounting.settings',
	'accounting.attachments',
	'files',
	'assets',
	'projects',
	'payroll.employees',
	'payroll.payruns',
	'payroll.payslip',
	'payroll.settings',
	'payroll.timesheets',
];

const granular = new Set([
	...withRead,
	...withRead.map((scope) => `${scope}.read`),
	'accounting.budgets.read',
	'accounting.reports.aged.read',
	'accounting.reports.balancesheet.read',
	'accounting.reports.banksummary.read',
	'accounting.reports.budgetsummary.read',
	'accounting.reports.executivesummary.read',
	'accounting.reports.profitandloss.read',
	'accounting.reports.trialbalance.read',
	'accounting.reports.taxreports.read',
	'accounting.reports.tenninetynine.read',
	'paymentservices',
]);
const identity = new Set(['openid', 'profile', 'email', 'offline_access']);
const appLevel = new Set(['app.connections', 'marketplace.billing']);
const broad = new Set([
	'accounting.transactions',
	'accounting.transactions.read',
	'accounting.reports.read',
]);
/** Needs the Advanced tier and a security assessment. */
const premium = new Set(['accounting.journals.read']);

export interface ScopeHolder {
	readonly scopes: readonly string[] | undefined;
	readonly legacyScopes: boolean;
	readonly bankFeeds: boolean;
	readonly tier: string;
}

/** Whether a user may be asked to give the app this scope. */
export function mayAskUserFor(app: ScopeHolder, scope: string): boolean {
	if (identity.has(scope)) return true;
	if (app.scopes !== undefined && !app.scopes.includes(scope)) return false;
	if (granular.has(scope)) return true;
	if (broad.has(scope)) return app.legacyScopes;
	if (premium.has(scope)) return app.tier === 'advanced' || app.tier === 'enterprise';
	return (scope === 'bankfeeds' || scope === 'bankfeedsv2') && app.bankFeeds;
}

/** Whether the app may ask for this scope for itself, without a user. */
export function mayAskForItself(
	app: ScopeHolder & { readonly customConnectionTenantId: string | undefined },
	scope: string,
): boolean {
	if (appLevel.has(scope)) return app.customConnectionTenantId === undefined;
	return (
		app.customConnectionTenantId !== undefined && !identity.has(scope) && mayAskUserFor(app, scope)
	);
}

/**
 * The scopes of which a token needs one.
 *
 * @param needed granular scopes without `.read`
 */
export function sufficientScopes(needed: readonly string[], access: 'read' | 'write'): string[] {
	const sufficient = needed.flatMap((scope) => [scope, ...(broadTwins[scope] ?? [])]);
	if (access === 'write') return sufficient.filter((scope) => !scope.endsWith('.read'));
	return sufficient.flatMap((scope) =>
		scope.endsWith('.read') ? [scope] : [scope, `${scope}.read`],
	);
}

const broadTwins: Readonly<Record<string, readonly string[]>> = {
	'accounting.invoices': ['accounting.transactions'],
	'accounting.payments': ['accounting.transactions'],
	'accounting.banktransactions': ['accounting.transactions'],
	'accounting.manualjournals': ['accounting.transactions'],
	...Object.fromEntries(
		[...granular]
			.filter((scope) => scope.startsWith('accounting.reports.'))
			.map((scope) => [scope, ['accounting.reports.read']]),
	),
};
