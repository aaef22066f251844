import { createHash, randomBytes } from 'node:crypto';

/** `xha_` is the operator's, `xhk_` is one workspace's. */
export type KeyPrefix = 'xha_' | 'xhk_';

/** A new key: 256 random bits, so a plain hash of it cannot be searched. */
export function newBearerKey(
	prefix: KeyPrefix,
	random: (size: number) => Buffer = randomBytes,
): string {
	return prefix + random(32).toString('base64url');
}

/** What the hub keeps of a key: SHA-256 in hex. */
export function hashBearerKey(key: string): string {
	return createHash('sha256').update(key).digest('hex');
}

/** The first characters of a secret's hash: enough to tell two apart, nothing to guess from. */
export function fingerprint(secret: string): string {
	return hashBearerKey(secret).slice(0, 12);
}
