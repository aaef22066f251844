import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';

export interface CountingProxy {
	/** Without a trailing slash. */
	readonly url: string;
	/** The most calls under way at one moment, by organisation. */
	readonly most: ReadonlyMap<string, number>;
	close(): void;
}

/** Stands before a Xero at `target`, passes reads on, and counts each organisation's calls under way. */
export async function startCountingProxy(target: string): Promise<CountingProxy> {
	const most = new Map<string, number>();
	const underWay = new Map<string, number>();
	const server = createServer(async (incoming, outgoing) => {
		const tenant = String(incoming.headers['xero-tenant-id']);
		const add = (calls: number) => {
			const now = (underWay.get(tenant) ?? 0) + calls;
			underWay.set(tenant, now);
			most.set(tenant, Math.max(most.get(tenant) ?? 0, now));
		};
		add(1);
		const { authorization, accept } = incoming.headers;
		const headers = { authorization, accept, 'xero-tenant-id': tenant };
		const answer = await request(`${target}${incoming.url}`, { headers });
		const body = await answer.body.bytes();
		// Before the hub can know that the call has ended.
		add(-1);
		outgoing.writeHead(answer.statusCode, answer.headers).end(body);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		most,
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
}
