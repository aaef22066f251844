import type { ExportedSecrets } from './secretReads';

export const SECRET_FORMATS = ['env', 'json', 'pan'] as const;

/**
 * `env`: lines for a file of environment variables; `json`: one object; `pan`: the variables as Pandium's Xero
 * connector names them (docs.pandium.com/connectors/connectors-101/xero-oauth).
 */
export type SecretFormat = (typeof SECRET_FORMATS)[number];

/** The seven secrets of an embedded connector, as a file holds them. A webhook key that is not saved is empty. */
export function formatSecrets(secrets: ExportedSecrets, format: SecretFormat): string {
	if (format === 'json') return `${JSON.stringify(secrets, undefined, '\t')}\n`;
	const prefix = format === 'pan' ? 'PAN_SEC_XERO' : 'XERO';
	const values: ReadonlyArray<readonly [name: string, value: string]> = [
		['ACCESS_TOKEN', secrets.accessToken],
		['SCOPE', secrets.scope],
		['EXPIRES_IN', String(secrets.expiresIn)],
		['CLIENT_ID', secrets.clientId],
		['CLIENT_SECRET', secrets.clientSecret],
		['TENANT_URL', secrets.tenantUrl],
		['WEBHOOK_KEY', secrets.webhookKey ?? ''],
		// What every call to Xero names besides, and no secret.
		...(format === 'env' ? [['TENANT_ID', secrets.tenantId] as const] : []),
	];
	return values.map(([name, value]) => `${prefix}_${name}=${quoted(value)}\n`).join('');
}

/** As both shells and readers of `.env` files take it. */
function quoted(value: string): string {
	if (/^[\w./:+=@-]*$/.test(value)) return value;
	return value.includes("'") ? `"${value.replace(/["\\$`]/g, '\\$&')}"` : `'${value}'`;
}
