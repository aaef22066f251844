import { createHash } from 'node:crypto';

/** What tells one write from every other. */
export interface KeyedWrite {
	/** Who sends it, in a few characters with which the key begins: `n8n`. */
	readonly maker: string;
	/** Same for all tries of one wish, such as one run of one node of one execution. */
	readonly seed: string;
	/** The organisation that it goes to. */
	readonly tenantId: string;
	/** Xero: PUT creates, POST creates or updates. */
	readonly method: string;
	/** Below Xero's host. */
	readonly path: string;
	/** What the elements of the batch are numbered: two batches of equal content are two wishes. */
	readonly items: readonly number[];
	/** What is sent, or what it is made from where that may differ from try to try. */
	readonly body: string | Buffer;
}

/**
 * The `Idempotency-Key` of one write: the same whenever the same wish sends the same batch again,
 * within Xero's 128 characters.
 *
 * @see https://developer.xero.com/documentation/guides/idempotent-requests/idempotency/
 */
export function idempotencyKey(write: KeyedWrite): string {
	const parts = [
		write.seed,
		write.tenantId,
		write.method,
		write.path,
		write.items.join(','),
		Buffer.isBuffer(write.body)
			? createHash('sha256').update(write.body).digest('base64')
			: write.body,
	];
	return `${write.maker}-${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`;
}
