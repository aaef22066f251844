import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { checkResponse } from '../../sandbox/checkedSandbox';

/** Stands before a sandbox and holds its every answer against Xero's schemas. */
export interface CheckingProxy {
	readonly url: string;
	/** What departed from them, in the order in which it came. */
	readonly departures: readonly string[];
	close(): Promise<void>;
}

/** Answers pass as they are; a connection that the sandbox drops is dropped here too. */
export async function startCheckingProxy(target: string): Promise<CheckingProxy> {
	const departures: string[] = [];
	const checks: Array<Promise<void>> = [];
	const server = createServer((incoming, outgoing) => {
		const onward = request(
			new URL(incoming.url ?? '/', target),
			{ method: incoming.method, headers: incoming.headers, agent: false },
			(answer) => {
				passOn(answer, outgoing);
				checks.push(
					check(incoming, answer).catch((error: unknown) => {
						departures.push((error as Error).message);
					}),
				);
			},
		);
		onward.on('error', () => incoming.socket.destroy());
		incoming.pipe(onward);
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		departures,
		async close() {
			await new Promise<void>((done) => {
				server.close(() => done());
				server.closeAllConnections();
			});
			await Promise.all(checks);
		},
	};
}

function passOn(answer: IncomingMessage, outgoing: ServerResponse): void {
	outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
	answer.pipe(outgoing);
	answer.on('error', () => outgoing.destroy());
}

async function check(incoming: IncomingMessage, answer: IncomingMessage): Promise<void> {
	const chunks: Buffer[] = [];
	for await (const chunk of answer) chunks.push(chunk as Buffer);
	const status = answer.statusCode ?? 0;
	const type = answer.headers['content-type'] ?? '';
	const { pathname } = new URL(incoming.url ?? '/', 'http://sandbox');
	if (!type.includes('json') || A_FILE.test(pathname)) return;
	const body = withoutRefused(JSON.parse(Buffer.concat(chunks).toString('utf8')));
	const checked = new Response(JSON.stringify(body), { status, headers: { 'content-type': type } });
	await checkResponse(incoming.method ?? 'GET', pathname, checked);
}

/** What was attached comes back as it is, whatever it holds. */
const A_FILE = /\/Attachments\/[^/]+$/;

/** A refused element comes back as it was sent, faults included. */
function withoutRefused(body: unknown): unknown {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
	return Object.fromEntries(
		Object.entries(body).map(([name, member]) => [
			name,
			Array.isArray(member) ? member.filter((element) => !isRefused(element)) : member,
		]),
	);
}

function isRefused(element: unknown): boolean {
	const { ValidationErrors } = (element ?? {}) as { readonly ValidationErrors?: unknown };
	return Array.isArray(ValidationErrors) && ValidationErrors.length > 0;
}
