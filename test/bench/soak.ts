import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { payloadOf, signatureOf, xeroEvent } from '../support/signedWebhook';
import { temporaryFolder } from '../support/temporaryFolder';

const EVENTS_A_SECOND = 300;

/** `SOAK_SECONDS` shortens it. */
const SECONDS = Number(process.env['SOAK_SECONDS'] ?? 600);

const SAMPLE_MS = 5_000;

const WEBHOOK_KEY = 'd2ViaG9vayBrZXkgb2YgdGhlIHNvYWs=';

const ADMIN_KEY = 'xha_only-for-the-bench-0123456789';

interface Sample {
	readonly seconds: number;
	readonly rssMb: number;
	readonly heapMb: number;
	readonly delivered: number;
}

/** The memory of a hub that takes and delivers 300 events a second, over the time. */
export async function benchSoak(print: (line: string) => void): Promise<void> {
	const folder = temporaryFolder();
	let delivered = 0;
	const receiver = createServer((request, response) => {
		delivered += 1;
		request.resume().once('end', () => response.end());
	});
	receiver.listen(0, '127.0.0.1');
	await once(receiver, 'listening');
	const workflow = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;

	const hub = fork(join(__dirname, 'servers', 'wholeHub.ts'), {
		execArgv: ['--import', 'tsx', ...(process.env['SOAK_NODE_OPTIONS']?.split(' ') ?? [])],
		env: {
			...process.env,
			HUB_PORT: '0',
			HUB_DATA_DIR: folder.path,
			HUB_ADMIN_KEY: ADMIN_KEY,
		},
	});
	const [url] = (await once(hub, 'message')) as [string];
	const slug = await provision(url, workflow);

	async function sample(seconds: number): Promise<Sample> {
		hub.send('memory');
		const [memory] = (await once(hub, 'message')) as [NodeJS.MemoryUsage];
		const mb = (bytes: number) => Math.round(bytes / 1024 ** 2);
		return { seconds, rssMb: mb(memory.rss), heapMb: mb(memory.heapUsed), delivered };
	}

	const samples: Sample[] = [await sample(0)];
	const began = performance.now();
	const sampling = setInterval(() => {
		void sample(Math.round((performance.now() - began) / 1000)).then((one) => samples.push(one));
	}, SAMPLE_MS);
	const result = await autocannon({
		url: `${url}/webhooks/xero/${slug}`,
		connections: 10,
		duration: SECONDS,
		overallRate: EVENTS_A_SECOND,
		method: 'POST',
		requests: [
			{
				setupRequest(request) {
					const body = payloadOf(xeroEvent());
					const headers = { 'x-xero-signature': signatureOf(body, WEBHOOK_KEY) };
					return { ...request, body, headers };
				},
			},
		],
	});
	clearInterval(sampling);
	hub.disconnect();
	await once(hub, 'exit');
	receiver.close();
	receiver.closeAllConnections();
	folder.remove();

	const sent = result['2xx'];
	print(
		`Soak: ${EVENTS_A_SECOND} events/s for ${SECONDS} s, answered ${sent}, delivered ${delivered}`,
	);
	const every = Math.max(1, Math.round(samples.length / 20));
	for (const [index, { seconds, rssMb, heapMb, delivered: done }] of samples.entries()) {
		if (index % every !== 0) continue;
		print(
			`  ${String(seconds).padStart(4)} s   RSS ${String(rssMb).padStart(4)} MB   heap ${String(heapMb).padStart(4)} MB   delivered ${done}`,
		);
	}
	const last = samples.filter(({ seconds }) => seconds >= SECONDS / 2);
	const rss = last.map(({ rssMb }) => rssMb);
	print(
		`  RSS over the last half: ${Math.min(...rss)} to ${Math.max(...rss)} MB, ` +
			`${slopeOf(last).toFixed(1)} MB a minute   (aim: flat, below 1)`,
	);
	print(`  answers: p50 ${result.latency.p50} ms, p99 ${result.latency.p99} ms`);
}

async function provision(url: string, workflow: string): Promise<string> {
	const call = async (method: string, path: string, body: object, key = ADMIN_KEY) => {
		const answer = await fetch(`${url}/api/v1${path}`, {
			method,
			headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
		return (await answer.json()) as { readonly key: string };
	};
	await call('POST', '/workspaces', { name: 'bench', slug: 'bench', n8nBaseUrls: [workflow] });
	const keys = {
		clientId: '0123456789ABCDEF0123456789ABCDEF',
		clientSecret: 'a-secret-that-is-shown-to-no-xero-at-all-0123456',
		webhookKey: WEBHOOK_KEY,
	};
	await call('PUT', '/workspaces/bench/app-keys', keys);
	const { key } = await call('POST', '/workspaces/bench/api-keys', { name: 'bench' });
	await call('POST', '/subscriptions', { url: `${workflow}/x`, events: ['*'] }, key);
	return 'bench';
}

/** The line that fits best, in MB a minute. */
function slopeOf(samples: readonly Sample[]): number {
	const mean = (values: readonly number[]) =>
		values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
	const minutes = samples.map(({ seconds }) => seconds / 60);
	const rss = samples.map(({ rssMb }) => rssMb);
	const [minute, size] = [mean(minutes), mean(rss)];
	const above = minutes.reduce(
		(sum, at, index) => sum + (at - minute) * ((rss[index] ?? size) - size),
		0,
	);
	const below = minutes.reduce((sum, at) => sum + (at - minute) ** 2, 0);
	return below === 0 ? 0 : above / below;
}
