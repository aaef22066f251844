import { createOrganisationApis } from './apis/createOrganisationApis';
import type { SandboxContext } from './context/SandboxContext';
import { createControlApi } from './control/createControlApi';
import { createFaultSwitches } from './faults/createFaultSwitches';
import { createIdempotencyStore } from './gate/createIdempotencyStore';
import type { AutoConsent } from './identity/authorizeEndpoint';
import { createIdentityApi } from './identity/createIdentityApi';
import { createRateLimiter } from './limits/createRateLimiter';
import { Limits } from './limits/Limits';
import { createPages } from './pages/createPages';
import { createWorld } from './seed/createWorld';
import { createXeroServer } from './server/createXeroServer';
import { listen } from './server/listen';
import { createRequestLog } from './http/RequestLog';
import { createTokenSigner } from './tokens/accessToken';
import { createWebhookSender } from './webhooks/createWebhookSender';
import { eventOfChange } from './webhooks/eventOf';
import { createKeeper } from './world/createKeeper';
import { unpredictable, type Random } from './world/random';
import { loadState } from './world/stateFile';
import type { World } from './world/World';

export interface SandboxOptions {
	/** Default 127.0.0.1. */
	readonly host?: string;
	/** Default 8790; 0 takes a free one. */
	readonly port?: number;
	/** Where the state is kept over restarts; only in memory when absent. */
	readonly dataDir?: string | undefined;
	/** The authorize page redirects at once, with the first or all organisations. */
	readonly autoConsent?: AutoConsent | undefined;
	/** Milliseconds since 1970, UTC. */
	readonly now?: () => number;
	/** Signs its tokens, unless a kept state has a key. Making one, the default, takes a while. */
	readonly signingKey?: World['signingKey'] | undefined;
	/** For ids, codes and tokens made while running; the seeded books are always the same. */
	readonly random?: Random;
	/** Told of failures of the sandbox itself; a process warning when absent. */
	readonly onFault?: (error: unknown) => void;
}

export interface Sandbox {
	/** Without a trailing slash. */
	readonly url: string;
	readonly port: number;
	/** Stops serving and sending, and keeps the state. */
	close(): Promise<void>;
}

/** Starts a local stand-in for Xero. Resolved once it listens. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { host = '127.0.0.1', dataDir, random = unpredictable } = options;
	const realNow = options.now ?? Date.now;
	const world =
		(dataDir === undefined ? undefined : await loadState(dataDir)) ??
		createWorld(realNow(), options.signingKey);
	const now = (): number => realNow() + world.clockOffsetMs;
	const onFault = options.onFault ?? warn;
	const keeper = createKeeper(world, dataDir, onFault);
	const faults = createFaultSwitches();
	const requests = createRequestLog();
	let limits = Limits.parse({});
	let baseUrl = '';

	const context: SandboxContext = {
		world,
		now,
		random,
		baseUrl: () => baseUrl,
		faults: faults.current,
		limits: () => limits,
		committed(tenantId, events) {
			for (const event of events) sender.raise(eventOfChange(context, tenantId, event));
			keeper.changed();
		},
		changed: keeper.changed,
	};
	const signer = createTokenSigner(world.signingKey);
	const limiter = createRateLimiter({ now, limits: context.limits });
	const sender = createWebhookSender(context);

	const idempotency = createIdempotencyStore(now);
	const apis = createOrganisationApis({ context, signer, limiter, idempotency });
	const control = createControlApi({
		...{ context, faults, limiter, sender, requests },
		setLimits: (next) => (limits = next),
	});

	const server = createXeroServer({
		identity: createIdentityApi({ context, signer, limiter, autoConsent: options.autoConsent }),
		apis,
		control,
		pages: createPages({ context, apis, control, sender, requests }),
		faults,
		requests,
		now,
		onFault,
	});
	const port = await listen(server, options.port ?? 8790, host);
	baseUrl = `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${port}`;
	sender.resume();

	return {
		url: baseUrl,
		port,
		async close() {
			await sender.close();
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			});
			await keeper.close();
		},
	};
}

function warn(error: unknown): void {
	process.emitWarning(
		error instanceof Error ? (error.stack ?? error.message) : String(error),
		'SandboxFault',
	);
}
