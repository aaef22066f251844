import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Resolved with the port once the server listens; rejected when the address cannot be had. */
export function listen(server: Server, port: number, host: string): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, () => {
			server.off('error', reject);
			resolve((server.address() as AddressInfo).port);
		});
	});
}
