import { createHmac, randomUUID } from 'node:crypto';

/** One event as Xero words it. */
export function xeroEvent(change: Readonly<Record<string, unknown>> = {}) {
	const resourceId = randomUUID();
	return {
		resourceUrl: `https://api.xero.com/api.xro/2.0/Contacts/${resourceId}`,
		resourceId,
		tenantId: '11111111-1111-4111-8111-111111111111',
		tenantType: 'ORGANISATION',
		eventCategory: 'CONTACT',
		eventType: 'UPDATE',
		eventDateUtc: '2026-11-02T09:00:00.123',
		...change,
	};
}

/** A payload with Xero's odd spacing, which a receiver must not re-serialise. */
export function payloadOf(...events: readonly object[]): string {
	return `{"events":${JSON.stringify(events)},"firstEventSequence": ${events.length > 0 ? 1 : 0},"lastEventSequence": ${events.length}, "entropy": "LUWDWKVHFXOXZJSBLZNV"}`;
}

export function signatureOf(body: string, webhookKey: string): string {
	return createHmac('sha256', webhookKey).update(body).digest('base64');
}

/** POSTs as Xero does. */
export async function postWebhook(
	url: string,
	body: string,
	signature: string | undefined,
): Promise<Response> {
	return fetch(url, {
		method: 'POST',
		headers: {
			'content-type': 'application/json; charset=utf-8',
			...(signature === undefined ? {} : { 'x-xero-signature': signature }),
		},
		body,
	});
}
