import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SigningKey } from '../workspaces/SigningKey';

/**
 * Which key signed these bytes, if any.
 *
 * Xero's `x-xero-signature` is the base64 of HMAC-SHA256 over the raw body, keyed with the webhook
 * key's text as shown (it looks like base64 but is not decoded). The base64 texts are compared, not
 * the decoded bytes: a decoder ignores stray characters, and a signature that is wrong in one
 * character must be refused. Every key is tried, so the time taken does not tell which one matched.
 *
 * @see https://developer.xero.com/documentation/guides/webhooks/configuring-your-server/
 */
export function verifyXeroSignature(
	rawBody: Buffer,
	signature: string | undefined,
	keys: readonly SigningKey[],
): SigningKey['name'] | null {
	const given = Buffer.from(signature ?? '');
	let signedWith: SigningKey['name'] | null = null;
	for (const { name, key } of keys) {
		const expected = Buffer.from(createHmac('sha256', key).update(rawBody).digest('base64'));
		const equal = given.length === expected.length && timingSafeEqual(given, expected);
		if (equal && signedWith === null) signedWith = name;
	}
	return signedWith;
}
