import { createHash } from 'node:crypto';

export interface KeyedWrite {
	/** Same for all tries of one run of one node: execution, node and run number. */
	readonly seed: string;
	readonly tenantId: string;
	readonly method: string;
	readonly path: string;
	/** Input items in the batch: two batches of equal content in one run are two wishes. */
	readonly items: readonly number[];
	readonly body: string | Buffer;
}

/**
 * The `Idempotency-Key` of one write: the same whenever the same node of the same execution sends
 * the same batch again, within Xero's 128 characters.
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
	return `n8n-${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`;
}
