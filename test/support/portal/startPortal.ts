import { freePort } from '../freePort';
import type { SandboxApp, SandboxAppWish, SandboxClient } from '../sandboxClient';
import { startSandbox } from '../startSandbox';
import { startTestHub, type TestHub, type TestHubOptions } from '../startTestHub';

/** A hub on an empty data folder with its portal, and a Xero beside it. */
export interface StartedPortal {
	/** Where browsers go. */
	readonly url: string;
	/** Makes the first owner. */
	readonly setUpLink: string;
	readonly hub: TestHub;
	readonly sandbox: SandboxClient;
	/** A Xero app that knows the hub's redirect URI. */
	createApp(wish?: SandboxAppWish): Promise<SandboxApp>;
	close(): Promise<void>;
}

/** @param options `autoConsent`: Xero's page says yes by itself; otherwise it shows its form */
export async function startPortal(
	options: Pick<TestHubOptions, 'engine' | 'now' | 'env'> & {
		readonly autoConsent?: 'first' | 'all';
		/** Default: a free one. */
		readonly port?: number;
		/** Puts something between the hub and Xero's API: given the API's address, answers its own. */
		readonly apiBehind?: (url: string) => Promise<string>;
	} = {},
): Promise<StartedPortal> {
	const [port, sandbox] = await Promise.all([
		options.port ?? freePort(),
		startSandbox({ autoConsent: options.autoConsent }),
	]);
	const url = `http://localhost:${port}`;
	const hub = await startTestHub({
		...options,
		env: {
			HUB_PORT: String(port),
			HUB_PUBLIC_URL: url,
			XERO_LOGIN_URL: sandbox.url,
			XERO_IDENTITY_URL: sandbox.url,
			XERO_API_URL: (await options.apiBehind?.(sandbox.url)) ?? sandbox.url,
			...options.env,
		},
	});
	return {
		url,
		setUpLink: hub.hub.setUpLink ?? '',
		hub,
		sandbox,
		createApp: (wish) => sandbox.createApp({ redirectUris: [`${url}/oauth/callback`], ...wish }),
		async close() {
			await hub.close();
			await sandbox.close();
		},
	};
}
