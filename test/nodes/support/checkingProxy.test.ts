import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { startCheckingProxy, type CheckingProxy } from './checkingProxy';

let server: Server;
let proxy: CheckingProxy;
const behind = async (listener: RequestListener) => {
	server = createServer(listener);
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	proxy = await startCheckingProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
};
afterEach(() => {
	server.close();
	server.closeAllConnections();
});

const answering = (record: object): RequestListener => {
	const body = JSON.stringify({
		Id: '27b7a645-a3ee-43c8-b2c6-a2fa7b84c8c5',
		Status: 'OK',
		ProviderName: 'Test',
		DateTimeUTC: '/Date(1552404447003)/',
		BrandingThemes: [record],
	});
	return (_request, response) => {
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(body);
	};
};
const read = async () => await fetch(`${proxy.url}/api.xro/2.0/BrandingThemes`);

describe('the proxy before the sandbox of node tests', () => {
	it('names an answer that departs from the schemas of Xero, and passes it on', async () => {
		await behind(answering({ Nmae: 'Standard' }));

		const response = await read();

		expect(await response.json()).toMatchObject({ BrandingThemes: [{ Nmae: 'Standard' }] });
		await proxy.close();
		expect(proxy.departures).toEqual([expect.stringContaining('Nmae')]);
	});

	it('takes no offence at what a refused element repeats', async () => {
		await behind(answering({ Nmae: 'Standard', ValidationErrors: [{ Message: 'No' }] }));

		await read();

		await proxy.close();
		expect(proxy.departures).toEqual([]);
	});

	it('drops a connection that is dropped behind it', async () => {
		await behind((request) => request.socket.destroy());

		await expect(read()).rejects.toThrow('fetch failed');

		await proxy.close();
	});
});
