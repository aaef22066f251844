import type { Inbox } from './inbox';
import { verifyXeroSignature } from './verifyXeroSignature';
import type { WorkspaceSigningKeys } from '../workspaces/appKeyStore';
import type { WebhookKeyCache } from './webhookKeys';

/**
 * 200 stored · 401 not signed by this workspace's key, nothing stored · 404 no such workspace ·
 * 503 not on disk in time: Xero sends it again, for 24 hours.
 */
export type WebhookAnswer = 200 | 401 | 404 | 503;

export interface ReceiveWebhookDeps {
	readonly keys: WebhookKeyCache;
	readonly inbox: Pick<Inbox, 'accept'>;
	/** The database refused, so nothing was stored. */
	onFault(fault: string, cause: unknown): void;
	/** Below the 5 s after which Xero gives up. Default: 3,000. */
	readonly ackDeadlineMs?: number;
}

/** Keys that are saved again and again within one webhook: somebody else's turn. */
const KEY_CHANGES = 3;

export type ReceiveWebhook = (
	slug: string,
	rawBody: Buffer,
	signature: string | undefined,
) => Promise<WebhookAnswer>;

/**
 * Verify, store, answer. Nothing here calls Xero or n8n or reads the payload, so the answer leaves
 * well inside Xero's five seconds, and a 200 means that the bytes are on disk.
 */
export function createReceiveWebhook(deps: ReceiveWebhookDeps): ReceiveWebhook {
	const { keys: cache, inbox, onFault, ackDeadlineMs = 3_000 } = deps;

	async function whoSigned(slug: string, rawBody: Buffer, signature: string | undefined) {
		const check = (known: WorkspaceSigningKeys | undefined) => ({
			known,
			signedWith: known ? verifyXeroSignature(rawBody, signature, known.keys) : null,
		});
		const first = check(await cache.get(slug));
		return first.signedWith === null ? check(await cache.getFresh(slug)) : first;
	}

	async function receive(
		slug: string,
		rawBody: Buffer,
		signature: string | undefined,
	): Promise<WebhookAnswer> {
		for (let tries = 1; tries <= KEY_CHANGES; tries += 1) {
			const { known, signedWith } = await whoSigned(slug, rawBody, signature);
			if (!known) return 404;
			if (signedWith === null) return 401;

			const { workspaceId, version } = known;
			const payload = { workspaceId, body: rawBody, signedWith, keysVersion: version };
			if ((await inbox.accept(payload)) === 'kept') return 200;
			cache.forget(slug);
		}
		return 503;
	}

	return async function receiveWebhook(slug, rawBody, signature) {
		let timer: NodeJS.Timeout | undefined;
		const deadline = new Promise<503>((resolve) => {
			timer = setTimeout(resolve, ackDeadlineMs, 503);
		});
		try {
			return await Promise.race([receive(slug, rawBody, signature), deadline]);
		} catch (cause) {
			onFault(`workspace ${slug}: the payload was not stored`, cause);
			return 503;
		} finally {
			clearTimeout(timer);
		}
	};
}
