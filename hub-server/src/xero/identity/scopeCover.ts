import { IDENTITY_SCOPES } from './xeroScopes';

/** The old broad scope that opens what a granular one opens. */
function broadTwin(scope: string): string | undefined {
	if (scope.startsWith('accounting.reports.')) return 'accounting.reports.read';
	const isRead = scope.endsWith('.read');
	const whole = isRead ? scope.slice(0, -'.read'.length) : scope;
	if (!OF_TRANSACTIONS.includes(whole)) return undefined;
	return isRead ? 'accounting.transactions.read' : 'accounting.transactions';
}

const OF_TRANSACTIONS = [
	'accounting.invoices',
	'accounting.payments',
	'accounting.banktransactions',
	'accounting.manualjournals',
];

/** Whether these scopes open what that one opens: one that writes reads too, and an old broad one stands for several. */
export function coversScope(granted: readonly string[], scope: string): boolean {
	if (granted.includes(scope)) return true;
	const twin = broadTwin(scope);
	if (twin !== undefined && twin !== scope && coversScope(granted, twin)) return true;
	return scope.endsWith('.read') && coversScope(granted, scope.slice(0, -'.read'.length));
}

/** What was asked for and not granted. What says only who consented, and for how long, is left out. */
export function missingScopes(granted: readonly string[], asked: readonly string[]): string[] {
	const isIdentity = (scope: string) => (IDENTITY_SCOPES as readonly string[]).includes(scope);
	return [...new Set(asked)].filter((scope) => !isIdentity(scope) && !coversScope(granted, scope));
}

/** Without those that another one of the list opens as well. */
export function leastScopes(scopes: readonly string[]): string[] {
	const all = [...new Set(scopes)];
	return all.filter(
		(scope) =>
			!coversScope(
				all.filter((other) => other !== scope),
				scope,
			),
	);
}
