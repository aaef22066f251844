import { payloadOf, signatureOf, xeroEvent } from '../support/signedWebhook';

export const BENCH_KEY = 'the webhook key of the benchmark';

export interface SignedPayload {
	readonly body: string;
	readonly signature: string;
}

/** Payloads of one event each, no two alike, signed beforehand so that the load costs no HMAC. */
export function signedPayloads(count: number): SignedPayload[] {
	return Array.from({ length: count }, () => {
		const body = payloadOf(xeroEvent());
		return { body, signature: signatureOf(body, BENCH_KEY) };
	});
}
