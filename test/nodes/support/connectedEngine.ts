import type { SandboxApp, SandboxAppWish, SandboxTokens } from '../../support/sandboxClient';
import { startSandbox, type StartedSandbox } from '../../support/startSandbox';
import { startCheckingProxy } from './checkingProxy';
import { createEngine, type Engine } from '../../support/n8nEngine';

/** The n8n engine with the built pack, its OAuth2 credential connected to a sandbox. */
export interface ConnectedEngine {
	readonly engine: Engine;
	readonly sandbox: StartedSandbox;
	readonly app: SandboxApp;
	readonly tokens: SandboxTokens;
	/** The first of the connected organisations. */
	readonly tenantId: string;
	/** Records of the API as the sandbox holds them, read without the node. */
	read(path: string): Promise<Record<string, unknown>[]>;
	close(): Promise<void>;
}

/** Switches of the sandbox under which the engine runs, such as `{"namesInAnyCase":false}`. */
export type Switches = Readonly<Record<string, unknown>>;

/**
 * Every suite that connects here runs under the switches of `XERO_SANDBOX_SWITCHES`, in JSON: the other
 * positions of what is only inferred of Xero. Switches that a test sets come on top of them.
 */
const switchesOfRun = JSON.parse(process.env['XERO_SANDBOX_SWITCHES'] ?? '{}') as Switches;

export async function connectEngine(
	options: {
		/** On top of those of the run. */
		readonly switches?: Switches;
		readonly allOrganisations?: boolean;
		/** The usual ones when absent. */
		readonly scopes?: readonly string[];
		readonly app?: SandboxAppWish;
	} = {},
): Promise<ConnectedEngine> {
	const started = await startSandbox();
	const switches = { ...switchesOfRun, ...options.switches };
	const sandbox: StartedSandbox = {
		...started,
		setFaults: (faults) => started.setFaults({ ...switches, ...faults }),
	};
	await sandbox.setFaults({});
	const proxy = await startCheckingProxy(sandbox.url);
	await sandbox.setLimits({ minute: 1_000_000, day: 1_000_000, concurrent: 1_000 });
	const app = await sandbox.createApp(options.app);
	const { organisations } = await sandbox.state();
	const chosen = options.allOrganisations === true ? organisations : organisations.slice(0, 1);
	const tokens = await sandbox.authorise(app, {
		organisations: chosen.map(({ tenantId }) => tenantId),
		...(options.scopes === undefined ? {} : { scopes: options.scopes }),
	});
	const tenantId = organisations[0]?.tenantId ?? '';
	const engine = await createEngine({
		credentials: {
			xero: {
				grantType: 'authorizationCode',
				authUrl: `${sandbox.url}/identity/connect/authorize`,
				accessTokenUrl: `${sandbox.url}/connect/token`,
				apiBaseUrl: proxy.url,
				clientId: app.clientId,
				clientSecret: app.clientSecret ?? '',
				oauthTokenData: { ...tokens },
			},
		},
	});
	return {
		engine,
		sandbox,
		app,
		tokens,
		tenantId,
		async read(path) {
			const response = await sandbox.call(tokens, tenantId, 'GET', `/api.xro/2.0/${path}`);
			const body = (await response.json()) as Record<string, unknown>;
			return Object.values(body).find(Array.isArray) as Record<string, unknown>[];
		},
		async close() {
			await proxy.close();
			await sandbox.close();
			if (proxy.departures.length > 0) throw new Error(proxy.departures.join('\n'));
		},
	};
}
