import { createHmac } from 'node:crypto';
import { randomText, type Random } from '../world/random';
import type { WebhookEvent } from '../world/World';

export interface Payload {
	readonly body: string;
	readonly events: readonly WebhookEvent[];
}

/**
 * A payload as Xero writes it: the events compact, the rest oddly spaced, so that a receiver which
 * checks anything but the raw bytes fails.
 */
export function buildPayload(
	events: readonly WebhookEvent[],
	lastSequence: number,
	random: Random,
): Payload {
	const first = events.length === 0 ? 0 : lastSequence - events.length + 1;
	const entropy = randomText(random, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 20);
	return {
		events,
		body: `{"events":${JSON.stringify(events)},"firstEventSequence": ${first},"lastEventSequence": ${lastSequence}, "entropy": "${entropy}"}`,
	};
}

/** `x-xero-signature`: the key counts as the text it is shown as, though it looks like base64. */
export function signPayload(body: string, webhookKey: string): string {
	return createHmac('sha256', webhookKey).update(body).digest('base64');
}
