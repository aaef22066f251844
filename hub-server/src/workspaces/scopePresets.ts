/** `openid` brings the nonce, `offline_access` the refresh token and webhooks. */
const ALWAYS = ['offline_access', 'openid', 'profile', 'email'];

const RECORDS = ['contacts', 'invoices', 'payments', 'banktransactions', 'manualjournals'];

const accounting = (names: readonly string[], suffix = '') =>
	names.map((name) => `accounting.${name}${suffix}`);

/**
 * Xero's granular scopes in useful sets; space separated. Apps made since 2 March 2026 can ask for no
 * others, and the broad ones end on 13 September 2027.
 */
export const SCOPE_PRESETS = {
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
