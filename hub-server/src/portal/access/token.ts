import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits for a cookie or a link: a plain hash of it cannot be searched. */
export function newToken(random: (size: number) => Buffer = randomBytes): string {
	return random(32).toString('base64url');
}

/** What the ledger keeps of a token: SHA-256 in hex. */
export function hashToken(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}
