import { createHash } from 'node:crypto';

/** 128 bits of what stands for these texts, which nobody meets twice by chance: 22 characters, for addresses. */
export function shortDigest(parts: readonly string[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}
