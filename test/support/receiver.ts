import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
	readonly path: string;
	readonly headers: IncomingMessage['headers'];
	readonly body: string;
}

export interface Receiver {
	/** Without a trailing slash. */
	readonly url: string;
	readonly received: readonly Received[];
	/** Resolves once so many requests have come in all. */
	until(count: number): Promise<void>;
	close(): Promise<void>;
}

/** What a workflow's address looks like to the hub: an HTTP server that keeps what it got. */
export async function startReceiver(
	answer: (request: Received, response: ServerResponse) => void = (_request, response) => {
		response.end('thanks');
	},
): Promise<Receiver> {
	const received: Received[] = [];
	let waiting: Array<() => void> = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const one = {
				path: request.url ?? '',
				headers: request.headers,
				body: Buffer.concat(chunks).toString(),
			};
			received.push(one);
			answer(one, response);
			const woken = waiting;
			waiting = [];
			for (const wake of woken) wake();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		received,
		async until(count) {
			while (received.length < count) {
				await new Promise<void>((resolve) => waiting.push(resolve));
			}
		},
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
