import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ReceiveWebhook } from './receiveWebhook';

/** Xero's payloads are a few kilobytes; a larger one is not Xero's. */
export const MAX_BODY_BYTES = 1_048_576;

/** A sender that trickles its body is dropped before Xero itself would have given up. */
const BODY_TIMEOUT_MS = 5_000;

const PATH = /^\/webhooks\/xero\/([^/?]+)\/?(?:\?.*)?$/;

/**
 * `POST /webhooks/xero/{slug}` on the bare HTTP server, in front of Express: Xero demands an answer
 * without body and cookies, the signature covers the raw bytes, and this is the one hot path.
 *
 * @returns false when the request is for somebody else
 */
export function createWebhookEndpoint(deps: {
	readonly receive: ReceiveWebhook;
	onAnswer?(status: number, ms: number): void;
}): (request: IncomingMessage, response: ServerResponse) => boolean {
	return function webhookEndpoint(request, response) {
		const slug = PATH.exec(request.url ?? '')?.[1];
		if (slug === undefined) return false;

		const startedAt = performance.now();
		function answer(status: number): void {
			if (response.headersSent || response.destroyed) return;
			// What was not read to its end cannot be followed by another request.
			const headers = request.complete ? {} : { Connection: 'close' };
			response.writeHead(status, { 'Content-Length': 0, ...headers }).end();
			deps.onAnswer?.(status, performance.now() - startedAt);
		}

		if (request.method !== 'POST') {
			response.setHeader('Allow', 'POST');
			answer(405);
			return true;
		}
		const signature = request.headers['x-xero-signature'];
		readBody(request, answer, (body) => {
			void deps
				.receive(slug, body, Array.isArray(signature) ? undefined : signature)
				.then(answer, () => answer(503));
		});
		return true;
	};
}

function readBody(
	request: IncomingMessage,
	refuse: (status: 408 | 413) => void,
	done: (body: Buffer) => void,
): void {
	const chunks: Buffer[] = [];
	let size = 0;
	const timer = setTimeout(() => {
		refuse(408);
		request.destroy();
	}, BODY_TIMEOUT_MS);

	request.on('data', (chunk: Buffer) => {
		size += chunk.length;
		if (size > MAX_BODY_BYTES) {
			clearTimeout(timer);
			request.removeAllListeners('data');
			request.resume();
			refuse(413);
			return;
		}
		chunks.push(chunk);
	});
	request.on('end', () => {
		clearTimeout(timer);
		if (size <= MAX_BODY_BYTES)
			done(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
	});
	request.on('error', () => clearTimeout(timer));
	request.on('close', () => clearTimeout(timer));
}
