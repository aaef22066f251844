import { join } from 'node:path';
import { freePort } from '../freePort';
import { nodeBinary } from '../nodeBinary';
import { startProcess } from '../processes';

export interface OidcServer {
	/** Its issuer. */
	readonly url: string;
	/** What it says from now on of whoever types that name. */
	setClaims(account: string, claims: Readonly<Record<string, unknown>>): Promise<void>;
	close(): Promise<void>;
}

export const OIDC_CLIENT = { id: 'xero-hub', secret: 'a secret that only the two of them know' };

/** A real provider of OpenID Connect. Whoever types an account's name at its page is signed in as that. */
export async function startOidcServer(redirectUri: string): Promise<OidcServer> {
	const port = await freePort();
	const url = `http://localhost:${port}`;
	const server = startProcess({
		name: 'oidc-provider',
		command: nodeBinary,
		args: [join(__dirname, 'oidcProvider.mjs')],
		env: {
			OIDC_PORT: String(port),
			OIDC_CLIENT_ID: OIDC_CLIENT.id,
			OIDC_CLIENT_SECRET: OIDC_CLIENT.secret,
			OIDC_REDIRECT_URI: redirectUri,
		},
	});
	await server.untilServing(`${url}/.well-known/openid-configuration`);
	return {
		url,
		async setClaims(account, claims) {
			await fetch(`${url}/_claims/${account}`, { method: 'PUT', body: JSON.stringify(claims) });
		},
		async close() {
			await server.stop();
		},
	};
}
