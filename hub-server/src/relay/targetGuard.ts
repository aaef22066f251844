import { lookup } from 'node:dns/promises';
import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import { Agent, type Dispatcher } from 'undici';
import type { Uptime } from '../clock';
import { isPublicAddress } from './targetAddress';
import { createTargetConnector } from './targetConnector';
import { TargetNotAllowedError } from '../errors/targetErrors';
import { isUnderBaseUrl } from './targetBaseUrl';

/** All addresses of a host name. */
export type ResolveHost = (hostname: string) => Promise<readonly LookupAddress[]>;

export interface TargetGuardDeps {
	/** Where this workspace's deliveries may go although it is private or not https. */
	readonly allowedBaseUrls: (workspaceId: string) => Promise<readonly string[]>;
	readonly resolve?: ResolveHost;
	/** Default: the process's. */
	readonly uptime?: Uptime;
}

export interface TargetGuard {
	/**
	 * For when a subscription is made. A name can point elsewhere later: `dispatcherFor` is what
	 * protects a delivery.
	 *
	 * @throws TargetNotAllowedError that says what to do
	 */
	checkUrl(workspaceId: string, url: string): Promise<void>;

	/**
	 * The pooled connections over which this one URL may be requested. A connection to a public target
	 * is opened only to addresses that were checked at that moment, so a name that rebinds between
	 * check and use gains nothing; such a request fails with a `TargetNotAllowedError`.
	 *
	 * Follow no redirect of the answer: its target is another URL.
	 *
	 * @throws TargetNotAllowedError when the URL is neither public https nor under an allowed base URL
	 */
	dispatcherFor(workspaceId: string, url: string): Promise<Dispatcher>;

	/** Closes idle connections and waits for requests under way. */
	close(): Promise<void>;
}

/** Kept open between deliveries to one endpoint, in milliseconds; below n8n's own 5 s. */
const KEEP_ALIVE_MS = 4_000;

/**
 * What a workspace may reach is not asked for every delivery: hundreds may go out at the same moment. An
 * address that is taken off the list gets deliveries for so long at most.
 */
const REMEMBERED_MS = 1_000;

const MOST_REMEMBERED = 1_000;

/** Lets deliveries out to public https, and to what the operator listed, and nowhere else. */
export function createTargetGuard({
	allowedBaseUrls,
	resolve = resolveWithSystem,
	uptime = () => performance.now(),
}: TargetGuardDeps): TargetGuard {
	const listed = new Agent({ keepAliveTimeout: KEEP_ALIVE_MS });
	const open = new Agent({
		keepAliveTimeout: KEEP_ALIVE_MS,
		connect: createTargetConnector(resolve),
	});

	const lately = new Map<string, { readonly bases: readonly string[]; readonly until: number }>();

	async function isListed(workspaceId: string, url: URL): Promise<boolean> {
		const bases = await allowedBaseUrls(workspaceId);
		if (lately.size >= MOST_REMEMBERED) lately.clear();
		lately.set(workspaceId, { bases, until: uptime() + REMEMBERED_MS });
		return bases.some((base) => isUnderBaseUrl(url, base));
	}

	/** What was added is looked up at once; only what was allowed is remembered. */
	async function isListedLately(workspaceId: string, url: URL): Promise<boolean> {
		const known = lately.get(workspaceId);
		if (known !== undefined && known.until > uptime()) {
			if (known.bases.some((base) => isUnderBaseUrl(url, base))) return true;
		}
		return isListed(workspaceId, url);
	}

	return {
		async checkUrl(workspaceId, text) {
			const url = parseTarget(text);
			if (await isListed(workspaceId, url)) return;
			requirePublicHttps(url);
			await requirePublicAddresses(hostOf(url), resolve);
		},

		async dispatcherFor(workspaceId, text) {
			const url = parseTarget(text);
			if (await isListedLately(workspaceId, url)) return listed;
			requirePublicHttps(url);
			return open;
		},

		async close() {
			await Promise.all([listed.close(), open.close()]);
		},
	};
}

function parseTarget(text: string): URL {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
		throw new TargetNotAllowedError('The delivery URL must be an absolute https URL.');
	}
	if (url.username !== '' || url.password !== '') {
		throw new TargetNotAllowedError(
			'The delivery URL must not hold a user name or password; deliveries are signed instead.',
		);
	}
	return url;
}

/** What can be told without asking a resolver. */
function requirePublicHttps(url: URL): void {
	const host = hostOf(url);
	if (isIP(host) !== 0 && !isPublicAddress(host)) throw notPublic(host);
	if (url.protocol !== 'https:') {
		throw new TargetNotAllowedError(
			`Deliveries to ${url.origin} would go over the internet unencrypted. Use https, or ask the ` +
				"operator to add this address to the workspace's n8n base URLs.",
		);
	}
}

async function requirePublicAddresses(host: string, resolve: ResolveHost): Promise<void> {
	if (isIP(host) !== 0) return;
	const addresses = await resolve(host).catch((cause: unknown) => {
		throw new TargetNotAllowedError(`The host ${host} cannot be found; check the delivery URL.`, {
			cause,
		});
	});
	if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address))) {
		throw notPublic(host);
	}
}

function notPublic(host: string): TargetNotAllowedError {
	return new TargetNotAllowedError(
		`${host} is not a public address. If your n8n runs there, ask the operator to add its base URL to ` +
			"the workspace's n8n base URLs (or to HUB_ALLOWED_TARGETS).",
	);
}

function hostOf({ hostname }: URL): string {
	return hostname.replace(/^\[|\]$/g, '');
}

function resolveWithSystem(hostname: string): Promise<LookupAddress[]> {
	return lookup(hostname, { all: true, verbatim: true });
}
