import { createHmac, timingSafeEqual } from 'node:crypto';
import { signingKey } from './relaySignature';

/**
 * The trigger's signed word that it has taken a delivery. An n8n that is starting up, or a proxy's
 * maintenance page, answers 200 as well; neither knows the secret.
 */
export const RECEIPT_HEADER = 'webhook-receipt';

/** @param secret `whsec_…` @param webhookId the delivery's `webhook-id` */
export function receiptFor(secret: string, webhookId: string): string {
	return `v1,${digest(secret, webhookId).toString('base64')}`;
}

/**
 * Whether the header is the receipt of this delivery, in constant time.
 *
 * @param secrets those that signed the delivery: while one is rotated, either may have made the receipt
 */
export function isReceipt(
	header: string | readonly string[] | undefined,
	webhookId: string,
	secrets: readonly string[],
): boolean {
	if (typeof header !== 'string' || !header.startsWith('v1,')) return false;
	const given = Buffer.from(header.slice('v1,'.length), 'base64');
	return secrets.some((secret) => {
		const expected = digest(secret, webhookId);
		return given.length === expected.length && timingSafeEqual(given, expected);
	});
}

function digest(secret: string, webhookId: string): Buffer {
	return createHmac('sha256', signingKey(secret)).update(`receipt.${webhookId}`).digest();
}
