import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { signedPayloads, type SignedPayload } from './payloads';

const CONNECTIONS = 50;
const SECONDS = 5;
const ROUNDS = 3;

/** More than any server here answers in one round, so that every payload is new to it. */
const PAYLOADS = 120_000;

interface Contender {
	readonly name: string;
	readonly script: string;
	readonly args: readonly string[];
}

const OURS: Contender = { name: 'durable, group commit', script: 'hubReceiver.ts', args: ['500'] };
const ONE_BY_ONE: Contender = {
	name: 'durable, one commit per request',
	script: 'hubReceiver.ts',
	args: ['1'],
};
const BARE: Contender = { name: 'bare HMAC check, nothing kept', script: 'bareHmac.ts', args: [] };

interface Round {
	readonly perSecond: number;
	readonly p50: number;
	readonly p99: number;
}

/** Webhook answers per second, ours against a commit per request and against keeping nothing. */
export async function benchWebhookAcks(print: (line: string) => void): Promise<void> {
	const payloads = signedPayloads(PAYLOADS);
	const rounds = new Map<Contender, Round[]>([OURS, ONE_BY_ONE, BARE].map((c) => [c, []]));
	for (let round = 0; round < ROUNDS; round += 1) {
		for (const [contender, results] of rounds) results.push(await measure(contender, payloads));
	}

	print(`Webhook answers, ${CONNECTIONS} connections, ${SECONDS} s, median of ${ROUNDS} rounds`);
	const medians = new Map(
		[...rounds].map(([contender, results]) => [contender, medianOf(results)]),
	);
	for (const [{ name }, { perSecond, p50, p99 }] of medians) {
		print(
			`  ${name.padEnd(32)} ${perSecond.toFixed(0).padStart(7)}/s   p50 ${p50} ms   p99 ${p99} ms`,
		);
	}
	const rate = (contender: Contender) => medians.get(contender)?.perSecond ?? 0;
	print(
		`  ours / one commit per request    ${(rate(OURS) / rate(ONE_BY_ONE)).toFixed(2)} ×   (aim ≥ 2)`,
	);
	print(
		`  ours / bare HMAC check           ${((100 * rate(OURS)) / rate(BARE)).toFixed(0)} %   (aim ≥ 50 %)`,
	);
	print(`  ours, p99                        ${medians.get(OURS)?.p99} ms   (aim < 50 ms)`);
}

async function measure(contender: Contender, payloads: readonly SignedPayload[]): Promise<Round> {
	const server = fork(join(__dirname, 'servers', contender.script), contender.args, {
		execArgv: ['--import', 'tsx'],
	});
	const [port] = (await once(server, 'message')) as [number];
	let next = 0;
	const result = await autocannon({
		url: `http://127.0.0.1:${port}/webhooks/xero/bench`,
		connections: CONNECTIONS,
		duration: SECONDS,
		method: 'POST',
		requests: [
			{
				setupRequest(request) {
					const { body, signature } = payloads[next++ % payloads.length] as SignedPayload;
					return { ...request, body, headers: { 'x-xero-signature': signature } };
				},
			},
		],
	});
	server.disconnect();
	await once(server, 'exit');
	if (result.non2xx > 0 || result.errors > 0) {
		throw new Error(`${contender.name}: ${result.non2xx} refused, ${result.errors} failed`);
	}
	return { perSecond: result.requests.average, p50: result.latency.p50, p99: result.latency.p99 };
}

function medianOf(rounds: readonly Round[]): Round {
	const sorted = [...rounds].sort((a, b) => a.perSecond - b.perSecond);
	return sorted[Math.floor(sorted.length / 2)] as Round;
}
