import type { Uptime } from '../clock';
import type { AppKeyStore, WorkspaceSigningKeys } from '../workspaces/appKeyStore';

/** Gives the keys that may sign a workspace's webhooks without asking the database for each POST. */
export interface WebhookKeyCache {
	get(slug: string): Promise<WorkspaceSigningKeys | undefined>;
	/**
	 * The keys again, read anew unless that was done within the last second: asked when no known key
	 * fits, because another process may just have saved a new one.
	 */
	getFresh(slug: string): Promise<WorkspaceSigningKeys | undefined>;
	/** The keys are not those of the cache any more: the next one to ask reads them anew. */
	forget(slug: string): void;
}

/** How long keys are not read anew. Whether they are still the same is asked where the payload is kept. */
const TTL_MS = 5_000;

/** Forged posts must not become database load. */
const FRESH_MS = 1_000;

/** Slugs come from the network; most of them would not exist. */
const MAX_ENTRIES = 10_000;

export function createWebhookKeyCache(
	store: Pick<AppKeyStore, 'signingKeys'>,
	uptime: Uptime,
): WebhookKeyCache {
	const cache = new Map<
		string,
		{ readonly at: number; readonly keys: WorkspaceSigningKeys | undefined }
	>();

	async function read(slug: string, maxAgeMs: number): Promise<WorkspaceSigningKeys | undefined> {
		const known = cache.get(slug);
		if (known && uptime() - known.at < maxAgeMs) return known.keys;
		const keys = await store.signingKeys(slug);
		if (cache.size >= MAX_ENTRIES) cache.clear();
		cache.set(slug, { at: uptime(), keys });
		return keys;
	}

	return {
		get: (slug) => read(slug, TTL_MS),
		getFresh: (slug) => read(slug, FRESH_MS),
		forget: (slug) => void cache.delete(slug),
	};
}
