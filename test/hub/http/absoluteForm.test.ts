import { connect } from 'node:net';
import { once } from 'node:events';
import { payloadOf, signatureOf, xeroEvent } from '../../support/signedWebhook';
import { startTestHub, type TestHub } from '../../support/startTestHub';

const WEBHOOK_KEY = 'the-webhook-key';

/** What a proxy may send, and no client of Node's does. */
describe('a request whose target is the whole address', () => {
	let t: TestHub;
	beforeAll(async () => {
		t = await startTestHub();
		await t.call('POST', '/api/v1/workspaces', { name: 'Acme' });
		await t.call('PUT', '/api/v1/workspaces/acme/app-keys', {
			clientId: 'THE-CLIENT-ID',
			clientSecret: 'the-client-secret',
			webhookKey: WEBHOOK_KEY,
		});
	});
	afterAll(() => t.close());

	/** @returns the first line of the answer */
	async function send(lines: readonly string[], body = ''): Promise<string> {
		const socket = connect(Number(new URL(t.hub.url).port), '127.0.0.1');
		let answer = '';
		socket.on('data', (chunk) => (answer += String(chunk)));
		const head = [...lines, `Content-Length: ${Buffer.byteLength(body)}`, 'Connection: close'];
		socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
		await once(socket, 'close');
		return answer.split('\r\n')[0] ?? '';
	}

	it('is answered by the pages', async () => {
		const head = ['GET http://hub.example.com/healthz HTTP/1.1', 'Host: hub.example.com'];

		expect(await send(head)).toBe('HTTP/1.1 200 OK');
	});

	it('is taken from Xero', async () => {
		const body = payloadOf(xeroEvent());
		const target = 'http://hub.example.com/webhooks/xero/acme';
		const post = (signature: string) =>
			send(
				[
					`POST ${target} HTTP/1.1`,
					'Host: hub.example.com',
					'Content-Type: application/json',
					`x-xero-signature: ${signature}`,
				],
				body,
			);

		expect(await post(signatureOf(body, WEBHOOK_KEY))).toBe('HTTP/1.1 200 OK');
		expect(await post('forged')).toBe('HTTP/1.1 401 Unauthorized');
	});
});
