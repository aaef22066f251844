import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listening {
	/** The one that was asked for, or the free one that was found for 0. */
	readonly port: number;
	/** Idle connections are closed at once, busy ones when their answer is out. */
	close(): Promise<void>;
}

/** @throws Error when the port is taken */
export async function listen(
	handle: RequestListener,
	{ host, port }: { readonly host: string; readonly port: number },
): Promise<Listening> {
	const server = createServer(handle);
	server.listen(port, host);
	await once(server, 'listening');
	return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
	const closed = once(server, 'close');
	server.close();
	server.closeIdleConnections();
	await closed;
}
