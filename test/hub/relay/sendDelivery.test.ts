import { Agent } from 'undici';
import { Webhook } from 'standardwebhooks';
import { sendDelivery } from '../../../hub-server/src/relay/sendDelivery';
import { freePort } from '../../support/freePort';
import { startReceiver } from '../../support/receiver';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

describe('sending a delivery', () => {
	const agent = new Agent();
	afterAll(() => agent.destroy());

	const send = (url: string, options: { timeoutMs?: number } = {}) =>
		sendDelivery(
			{ id: 'dlv_1', url, body: '{"a":"é"}', secrets: [SECRET] },
			{ dispatcherFor: async () => agent, now: Date.now, ...options },
		);

	it('POSTs the signed JSON and reports the answer', async () => {
		const receiver = await startReceiver();

		const result = await send(`${receiver.url}/webhook/1`);

		const [got] = receiver.received;
		expect(result).toMatchObject({ statusCode: 200, responseBody: 'thanks' });
		expect(got).toMatchObject({ path: '/webhook/1', body: '{"a":"é"}' });
		expect(() =>
			new Webhook(SECRET).verify(got?.body ?? '', got?.headers as Record<string, string>),
		).not.toThrow();
		await receiver.close();
	});

	it('follows no redirect: only this address was approved', async () => {
		const elsewhere = await startReceiver();
		const receiver = await startReceiver((_request, response) => {
			response.writeHead(307, { location: elsewhere.url }).end();
		});

		const result = await send(receiver.url);

		expect(result.statusCode).toBe(307);
		expect(elsewhere.received).toEqual([]);
		await receiver.close();
		await elsewhere.close();
	});

	it('keeps the start of a long answer and reads no further', async () => {
		const receiver = await startReceiver((_request, response) => {
			response.end('x'.repeat(10_000_000));
		});

		const { responseBody } = await send(receiver.url);

		expect(responseBody).toBe('x'.repeat(4_096));
		await receiver.close();
	});

	it.each([
		['in seconds', '120', 120],
		['as a date that has passed', 'Wed, 21 Oct 2015 07:28:00 GMT', 0],
		['that cannot be read', 'soon', undefined],
	])('reads a Retry-After %s', async (_case, header, expected) => {
		const receiver = await startReceiver((_request, response) => {
			response.writeHead(503, { 'retry-after': header }).end();
		});

		expect((await send(receiver.url)).retryAfterSeconds).toBe(expected);
		await receiver.close();
	});

	it.each([
		['disable', 'disable'],
		['Abort-Message', 'abort-message'],
		['explode', undefined],
	])('reads a webhook-delivery %s', async (header, expected) => {
		const receiver = await startReceiver((_request, response) => {
			response.writeHead(400, { 'webhook-delivery': header }).end();
		});

		expect((await send(receiver.url)).wish).toBe(expected);
		await receiver.close();
	});

	it('says in words that nothing listens', async () => {
		const result = await send(`http://127.0.0.1:${await freePort()}/`);

		expect(result).toMatchObject({ error: 'Connection refused: nothing listens at that address.' });
		expect(result.statusCode).toBeUndefined();
	});

	it('gives up on a workflow that does not answer in time', async () => {
		const receiver = await startReceiver(() => {});

		const result = await send(receiver.url, { timeoutMs: 50 });

		expect(result.error).toBe('No answer within 0.05 s.');
		await receiver.close();
	});

	it('reports a refusal of the guard as the reason', async () => {
		const result = await sendDelivery(
			{ id: 'dlv_1', url: 'http://10.0.0.1/', body: '{}', secrets: [SECRET] },
			{
				dispatcherFor: () => Promise.reject(new Error('10.0.0.1 is private')),
				now: Date.now,
			},
		);

		expect(result.error).toBe('10.0.0.1 is private');
	});
});
