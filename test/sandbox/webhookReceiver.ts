import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';

export interface ReceivedWebhook {
	readonly headers: IncomingHttpHeaders;
	readonly raw: string;
	readonly isGenuine: boolean;
	readonly body: {
		readonly events: readonly Record<string, string>[];
		readonly firstEventSequence: number;
		readonly lastEventSequence: number;
		readonly entropy: string;
	};
}

export interface WebhookReceiver {
	readonly url: string;
	/** Everything that came, handshakes left out. */
	readonly received: readonly ReceivedWebhook[];
	/** Resolved once that many payloads with events have come. */
	until(count: number): Promise<readonly ReceivedWebhook[]>;
	/** How to answer from now on; a receiver as it should be when undefined. */
	answerWith(
		answer: ((webhook: ReceivedWebhook, response: ServerResponse) => void) | undefined,
	): void;
	close(): Promise<void>;
}

/** An HTTP server that receives webhooks as Xero wants it, or as badly as a test wants it. */
export async function startReceiver(webhookKey: () => string): Promise<WebhookReceiver> {
	const received: ReceivedWebhook[] = [];
	const waiting = new Set<() => void>();
	let answer: ((webhook: ReceivedWebhook, response: ServerResponse) => void) | undefined;

	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
		const raw = Buffer.concat(chunks);
		const expected = createHmac('sha256', webhookKey()).update(raw).digest('base64');
		const webhook: ReceivedWebhook = {
			headers: request.headers,
			raw: raw.toString(),
			isGenuine: request.headers['x-xero-signature'] === expected,
			body: JSON.parse(raw.toString()) as ReceivedWebhook['body'],
		};
		(answer ?? answerProperly)(webhook, response);
		if (webhook.body.events.length > 0) received.push(webhook);
		for (const check of waiting) check();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');

	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
		received,
		until: (count) =>
			new Promise((resolve) => {
				const check = (): void => {
					if (received.length < count) return;
					waiting.delete(check);
					resolve(received);
				};
				waiting.add(check);
				check();
			}),
		answerWith(next) {
			answer = next;
		},
		async close() {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}

export function answerProperly(webhook: ReceivedWebhook, response: ServerResponse): void {
	response.writeHead(webhook.isGenuine ? 200 : 401).end();
}
