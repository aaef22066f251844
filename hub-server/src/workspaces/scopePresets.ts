import { OPERATION_SCOPES } from '../xero/identity/operationScopes';
import { leastScopes } from '../xero/identity/scopeCover';
import { IDENTITY_SCOPES, SCOPES_BY_APPROVAL } from '../xero/identity/xeroScopes';

/** `openid` brings the nonce, `offline_access` the refresh token and webhooks. */
const ALWAYS = IDENTITY_SCOPES;

const RECORDS = ['contacts', 'invoices', 'payments', 'banktransactions', 'manualjournals'];

const accounting = (names: readonly string[], suffix = '') =>
	names.map((name) => `accounting.${name}${suffix}`);

/**
 * Xero's granular scopes in useful sets; space separated. Apps made since 2 March 2026 can ask for no
 * others, and the broad ones end on 13 September 2027.
 */
export const SCOPE_PRESETS = {
	/** What the nodes' operations need, one and all, but for those that Xero must approve the app for. */
	everything: [
		...ALWAYS,
		...leastScopes(Object.keys(OPERATION_SCOPES)).filter((scope) => !SCOPES_BY_APPROVAL.has(scope)),
	].join(' '),
	/** Contacts, invoices, payments and the rest; reads and writes. */
	standard: [...ALWAYS, ...accounting([...RECORDS, 'settings', 'attachments'])].join(' '),
	/** The same, and nothing can be changed. */
	read_only: [...ALWAYS, ...accounting([...RECORDS, 'settings', 'attachments'], '.read')].join(' '),
	/** Contacts, invoices and their payments only. */
	invoicing: [
		...ALWAYS,
		...accounting(['contacts', 'invoices', 'payments']),
		'accounting.settings.read',
	].join(' '),
} as const;

export type ScopePreset = keyof typeof SCOPE_PRESETS;
