import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';

export interface RecordingProxy {
	/** Without a trailing slash. */
	readonly url: string;
	/** Every request and answer body that passed, in order. */
	readonly bodies: readonly string[];
	close(): void;
}

/**
 * Hands everything on to `target` and keeps what was said.
 *
 * @param before waited for before a request is handed on; given its method and its path with the query
 */
export async function recordingProxy(
	target: string,
	before: (method: string, path: string) => Promise<void> | void = () => undefined,
): Promise<RecordingProxy> {
	const bodies: string[] = [];
	const server = createServer(async (incoming, outgoing) => {
		const chunks: Buffer[] = [];
		for await (const chunk of incoming) chunks.push(chunk as Buffer);
		const body = Buffer.concat(chunks);
		await before(incoming.method ?? 'GET', incoming.url ?? '/');
		const headers = Object.fromEntries(
			Object.entries(incoming.headers).filter(([name]) => !['host', 'connection'].includes(name)),
		);
		const answer = await request(`${target}${incoming.url}`, {
			method: incoming.method ?? 'GET',
			headers,
			body: body.length > 0 ? body : null,
		});
		const text = await answer.body.text();
		bodies.push(body.toString(), text);
		outgoing.writeHead(answer.statusCode, answer.headers).end(text);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		bodies,
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
}
