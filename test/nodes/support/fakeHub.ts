import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HubCall {
	readonly method: string;
	readonly path: string;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	readonly body: string;
	/** The body as it came. */
	readonly bytes: Buffer;
}

export interface HubAnswer {
	readonly status: number;
	readonly headers?: Readonly<Record<string, string>>;
	/** An object goes as JSON, a `Buffer` as it is. */
	readonly body?: unknown;
	/** Drops the connection instead of answering. */
	readonly drop?: boolean;
}

export interface FakeHub {
	readonly url: string;
	readonly calls: HubCall[];
	close(): Promise<void>;
}

/** A local server that answers as the test says, for what a real hub does only in trouble. */
export async function startFakeHub(answer: (call: HubCall) => HubAnswer): Promise<FakeHub> {
	const calls: HubCall[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { method = '', url: path = '', headers } = request;
			const bytes = Buffer.concat(chunks);
			const call = { method, path, headers, body: bytes.toString('utf8'), bytes };
			calls.push(call);
			const { status, body, drop, headers: more } = answer(call);
			if (drop === true) {
				request.socket.destroy();
				return;
			}
			response.writeHead(status, { 'content-type': 'application/json', ...more });
			response.end(body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body));
		});
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		calls,
		async close() {
			await new Promise<void>((done) => {
				server.close(() => done());
				server.closeAllConnections();
			});
		},
	};
}
