import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Signing and verifying of deliveries per Standard Webhooks, so that any verifier of that
 * specification accepts ours.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export interface SignedHeaders {
	readonly 'webhook-id': string;
	/** Unix seconds. */
	readonly 'webhook-timestamp': string;
	/** Space-separated `v1,<base64>` signatures: two while a secret rotates. */
	readonly 'webhook-signature': string;
}

/** What a delivery is signed with. */
export interface RelaySignatureInput {
	/** Stable over all attempts of one delivery. */
	readonly id: string;
	/** Unix seconds of this attempt. */
	readonly timestampSeconds: number;
	readonly body: Buffer | string;
	/** `whsec_…`; current first. */
	readonly secrets: readonly string[];
}

/** How far the clocks of hub and receiver may be apart, in seconds (the specification's example). */
export const TIMESTAMP_TOLERANCE_SECONDS = 300;

/** Whether a delivery is the hub's: the id of the delivery, or why it is refused. */
export type RelayVerdict =
	| { readonly ok: true; readonly id: string }
	| {
			readonly ok: false;
			readonly reason: 'missing_headers' | 'bad_timestamp' | 'outside_tolerance' | 'bad_signature';
	  };

/** The three headers of one attempt. */
export function signRelay(input: RelaySignatureInput): SignedHeaders {
	const timestamp = String(Math.floor(input.timestampSeconds));
	return {
		'webhook-id': input.id,
		'webhook-timestamp': timestamp,
		'webhook-signature': input.secrets
			.map((secret) => `v1,${signature(secret, input.id, timestamp, input.body)}`)
			.join(' '),
	};
}

/**
 * Checks a delivery against the subscription's secret, in constant time, over the raw bytes.
 * An old or future timestamp is refused before the signature is looked at.
 *
 * @param nowSeconds the receiver's clock, Unix seconds
 */
export function verifyRelay(
	headers: Readonly<Record<string, string | string[] | undefined>>,
	body: Buffer | string,
	secret: string,
	nowSeconds: number,
): RelayVerdict {
	const id = headers['webhook-id'];
	const timestamp = headers['webhook-timestamp'];
	const signatures = headers['webhook-signature'];
	if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') {
		return { ok: false, reason: 'missing_headers' };
	}
	if (!/^\d{1,12}$/.test(timestamp)) return { ok: false, reason: 'bad_timestamp' };
	if (Math.abs(nowSeconds - Number(timestamp)) > TIMESTAMP_TOLERANCE_SECONDS) {
		return { ok: false, reason: 'outside_tolerance' };
	}

	const expected = Buffer.from(signature(secret, id, timestamp, body));
	const matches = signatures.split(' ').some((entry) => {
		const [version, value] = entry.split(',', 2);
		if (version !== 'v1' || value === undefined) return false;
		const given = Buffer.from(value);
		return given.length === expected.length && timingSafeEqual(given, expected);
	});
	return matches ? { ok: true, id } : { ok: false, reason: 'bad_signature' };
}

function signature(secret: string, id: string, timestamp: string, body: Buffer | string): string {
	return createHmac('sha256', signingKey(secret))
		.update(`${id}.${timestamp}.`)
		.update(body)
		.digest('base64');
}

/** The bytes behind `whsec_…`, as Standard Webhooks has them. */
export function signingKey(secret: string): Buffer {
	return Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
}
