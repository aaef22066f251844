import { connect } from 'node:net';
import { once } from 'node:events';
import { listen } from '../../../hub-server/src/hub/listen';
import { startTestHub } from '../../support/startTestHub';

describe('what a hub tells browsers of itself', () => {
	it.each([
		['https://hub.example', 'max-age=31536000'],
		['http://hub.example', null],
	])('at %s, of staying with https, is %s', async (publicUrl, expected) => {
		const t = await startTestHub({ env: { HUB_PUBLIC_URL: publicUrl } });

		const { headers } = await fetch(`${t.hub.url}/sign-in`);
		await t.close();

		expect(headers.get('strict-transport-security')).toBe(expected);
	});
});

describe('a hub that listens', () => {
	it('ends a connection whose headers do not come to an end', async () => {
		const bounds = { headersTimeout: 200, requestTimeout: 400, connectionsCheckingInterval: 50 };
		const listening = await listen(
			(_request, response) => response.end(),
			{ host: '127.0.0.1', port: 0 },
			{ ...bounds, maxHeaderSize: 16_384 },
		);
		const socket = connect(listening.port, '127.0.0.1');
		socket.setEncoding('utf8');
		let answer = '';
		socket.on('data', (text: string) => (answer += text));

		socket.write('GET / HTTP/1.1\r\nHost: hub\r\nX-Slow: ');
		await once(socket, 'close');
		await listening.close();

		expect(answer).toMatch(/^HTTP\/1\.1 408 /);
	});
});
