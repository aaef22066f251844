import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BENCH_KEY } from '../payloads';

/** The least a receiver can do: read the body, check the HMAC, answer. Nothing is kept. */
const server = createServer((request, response) => {
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => chunks.push(chunk));
	request.on('end', () => {
		const expected = createHmac('sha256', BENCH_KEY).update(Buffer.concat(chunks)).digest('base64');
		const given = Buffer.from(String(request.headers['x-xero-signature']));
		const good = given.length === expected.length && timingSafeEqual(given, Buffer.from(expected));
		response.writeHead(good ? 200 : 401, { 'Content-Length': 0 }).end();
	});
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.once('disconnect', () => process.exit(0));
