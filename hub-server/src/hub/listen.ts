import { once } from 'node:events';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Listening {
	/** The one that was asked for, or the free one that was found for 0. */
	readonly port: number;
	/**
	 * Takes no new connections, and every answer from now on is the last on its connection. Idle
	 * connections are closed at once, those on which no whole request has come soon after, busy ones when
	 * their answer is out, and all that are left when `cut` is aborted.
	 */
	close(cut?: AbortSignal): Promise<void>;
}

/** For a request that is on its way at this moment. */
const HALF_SENT_MS = 1_000;

/**
 * A sender that trickles its headers holds nothing for longer; bodies have bounds of their own, the longest two
 * minutes. Node looks every `connectionsCheckingInterval`.
 */
const BOUNDS = {
	headersTimeout: 10_000,
	requestTimeout: 150_000,
	connectionsCheckingInterval: 5_000,
	maxHeaderSize: 16_384,
};

/** @throws Error when the port is taken */
export async function listen(
	handle: RequestListener,
	{ host, port }: { readonly host: string; readonly port: number },
	bounds = BOUNDS,
): Promise<Listening> {
	const sockets = new Set<Socket>();
	const open = new Set<ServerResponse>();
	let isClosing = false;

	const server = createServer(bounds, (request, response) => {
		open.add(response);
		response.once('close', () => {
			open.delete(response);
			// An answer that had begun before could not say that it was the last.
			if (isClosing) setImmediate(() => server.closeIdleConnections());
		});
		if (isClosing) response.shouldKeepAlive = false;
		handle(request, response);
	});
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
	});
	server.listen(port, host);
	await once(server, 'listening');

	function dropHalfSent(): void {
		const busy = new Set([...open].map(({ socket }) => socket));
		for (const socket of sockets) if (!busy.has(socket)) socket.destroy();
	}

	return {
		port: (server.address() as AddressInfo).port,
		async close(cut) {
			isClosing = true;
			const closed = once(server, 'close');
			server.close();
			server.closeIdleConnections();
			for (const response of open) response.shouldKeepAlive = false;
			const timer = setTimeout(dropHalfSent, HALF_SENT_MS);
			const cutAll = () => server.closeAllConnections();
			cut?.addEventListener('abort', cutAll);
			if (cut?.aborted === true) cutAll();
			await closed;
			clearTimeout(timer);
			cut?.removeEventListener('abort', cutAll);
		},
	};
}
