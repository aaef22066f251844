import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { INodeParameters } from 'n8n-workflow';

import { XERO_NODE, xeroWorkflow } from '../nodes/support/xeroWorkflow';
import { createEngine, type Engine, type Execution } from '../support/n8nEngine';
import { sandboxClient, type SandboxClient, type SandboxTokens } from '../support/sandboxClient';
import { startSandboxProcess } from '../support/sandboxProcess';

/** What a round trip to Xero takes at least. */
const LATENCY_MS = 100;
/** Xero's minute, shortened, so that limits bind in a benchmark's time. */
const WINDOW_MS = 6_000;
const ITEMS = 1_000;
/** One request for each item takes minutes; this many are measured. */
const NAIVE_ITEMS = 200;
const READ_SIZES = [10_000, 100_000];

interface Measured {
	readonly items: number;
	readonly requests: number;
	readonly seconds: number;
}

interface Bench {
	readonly sandbox: SandboxClient;
	readonly tokens: SandboxTokens;
	readonly tenantId: string;
	readonly engine: Engine;
}

/** How often live memory is looked at. */
const SAMPLE_MS = 1_000;

/** Requests and time for 1,000 items against one request per item, and the memory of a long read. */
export async function benchNodeThroughput(print: (line: string) => void): Promise<void> {
	const server = await startSandboxProcess();
	try {
		const bench = await connect(server.url);
		await bench.sandbox.setFaults({ latencyMs: LATENCY_MS });
		await bench.sandbox.setLimits({ windowMs: WINDOW_MS, day: 1_000_000 });

		print(
			`1,000 items, ${LATENCY_MS} ms a call, 60 calls in ${WINDOW_MS / 1_000} s (Xero: in 60 s)`,
		);
		report(print, 'create invoices, ours', await createOurs(bench));
		report(print, 'create invoices, one request per item', await createOneByOne(bench));
		report(print, 'get by id, ours', await readOurs(bench));
		report(print, 'get by id, one request per item', await readOneByOne(bench));

		await bench.sandbox.setFaults({});
		await bench.sandbox.setLimits({ minute: 1_000_000, day: 1_000_000, concurrent: 1_000 });
		print('Return All of contacts, pages of 1,000');
		await readAll(bench, print);
	} finally {
		await server.process.stop();
	}
}

async function connect(url: string): Promise<Bench> {
	const sandbox = sandboxClient(url);
	const app = await sandbox.createApp();
	const { tenantId } = await sandbox.createOrganisation({ name: 'Benchmark Ltd' });
	const tokens = await sandbox.authorise(app, { organisations: [tenantId] });
	const engine = await createEngine({
		credentials: {
			xero: {
				grantType: 'authorizationCode',
				accessTokenUrl: `${url}/connect/token`,
				apiBaseUrl: url,
				clientId: app.clientId,
				clientSecret: app.clientSecret ?? '',
				oauthTokenData: { ...tokens },
			},
		},
	});
	return { sandbox, tokens, tenantId, engine };
}

function report(print: (line: string) => void, name: string, measured: Measured): void {
	const per1000 = (value: number) => (value * 1_000) / measured.items;
	print(
		`  ${name.padEnd(40)} ${per1000(measured.requests).toFixed(0).padStart(6)} requests ${per1000(measured.seconds).toFixed(1).padStart(8)} s${measured.items === ITEMS ? '' : `   (measured on ${measured.items})`}`,
	);
}

/**
 * Counts what reached the sandbox, refusals included: they cost a round trip too. Begins with a full
 * minute, which the measurement before may have used up.
 */
async function measure(
	{ sandbox }: Bench,
	items: number,
	work: () => Promise<void>,
): Promise<Measured> {
	await delay(WINDOW_MS);
	await sandbox.forgetRequests();
	const startedMs = performance.now();
	await work();
	const seconds = (performance.now() - startedMs) / 1_000;
	const requests = (await sandbox.requests()).length;
	return { items, requests, seconds };
}

const invoice = (index: number) => ({
	Type: 'ACCREC',
	Contact: { Name: 'Ridgeway University' },
	Reference: `B-${index}`,
	LineItems: [{ Description: 'Goods', UnitAmount: 10, AccountCode: '200' }],
});

async function createOurs(bench: Bench): Promise<Measured> {
	return await measure(bench, ITEMS, async () => {
		await run(bench, ITEMS, {
			resource: 'invoice',
			operation: 'create',
			type: 'ACCREC',
			contact: { __rl: true, mode: 'name', value: 'Ridgeway University' },
			lineItemsMode: 'json',
			lineItemsJson: '={{ [{ description: "Goods", unitAmount: 10, accountCode: "200" }] }}',
			additionalFields: { reference: '={{ "A-" + $json.index }}' },
		});
	});
}

async function createOneByOne(bench: Bench): Promise<Measured> {
	return await measure(bench, NAIVE_ITEMS, async () => {
		for (let index = 0; index < NAIVE_ITEMS; index += 1) {
			await callPatiently(bench, 'PUT', '/api.xro/2.0/Invoices', { Invoices: [invoice(index)] });
		}
	});
}

async function readOurs(bench: Bench): Promise<Measured> {
	const ids = await someIds(bench, ITEMS);
	return await measure(bench, ITEMS, async () => {
		await run(
			bench,
			ITEMS,
			{
				resource: 'invoice',
				operation: 'get',
				invoice: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
			},
			ids,
		);
	});
}

async function readOneByOne(bench: Bench): Promise<Measured> {
	const ids = await someIds(bench, NAIVE_ITEMS);
	return await measure(bench, NAIVE_ITEMS, async () => {
		for (const id of ids) await callPatiently(bench, 'GET', `/api.xro/2.0/Invoices/${id}`);
	});
}

async function someIds(bench: Bench, count: number): Promise<string[]> {
	const path = `/api.xro/2.0/Invoices?page=1&pageSize=${count}&summaryOnly=true`;
	const response = await callPatiently(bench, 'GET', path);
	const { Invoices } = (await response.json()) as { Invoices: { InvoiceID: string }[] };
	return Invoices.map(({ InvoiceID }) => InvoiceID);
}

/** One call; where the limit is met it waits as Xero says, which most clients do not. */
async function callPatiently(
	{ sandbox, tokens, tenantId }: Bench,
	method: string,
	path: string,
	body?: unknown,
): Promise<Response> {
	for (;;) {
		const response = await sandbox.call(tokens, tenantId, method, path, body);
		if (response.ok) return response;
		if (response.status !== 429) throw new Error(`${method} ${path}: ${response.status}`);
		await delay(1_000 * Number(response.headers.get('retry-after') ?? 1));
	}
}

async function run(
	{ engine, tenantId }: Bench,
	count: number,
	parameters: INodeParameters,
	ids: readonly string[] = [],
): Promise<Execution> {
	const organisation = { __rl: true, mode: 'id', value: tenantId };
	const input = Array.from({ length: count }, (_, index) => ({
		json: { index, id: ids[index] ?? '' },
	}));
	const execution = await engine.run(
		xeroWorkflow({ parameters: { ...parameters, organisation } }),
		{ input },
	);
	if (execution.error !== undefined) throw new Error(execution.error.message);
	return execution;
}

/**
 * n8n holds the items that a node gives out, and hands them on when it is done. What the node holds
 * besides must not grow with them: live memory, garbage collected, at its highest and at the end.
 */
async function readAll(bench: Bench, print: (line: string) => void): Promise<void> {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	const liveBytes = () => {
		collect();
		return process.memoryUsage().heapUsed;
	};
	let seeded = 0;
	for (const size of READ_SIZES) {
		await bench.sandbox.seed(bench.tenantId, { contacts: size - seeded });
		seeded = size;
		const before = liveBytes();
		let highest = before;
		const sampler = setInterval(() => (highest = Math.max(highest, liveBytes())), SAMPLE_MS);
		let execution: Execution | undefined;
		const measured = await measure(bench, size, async () => {
			execution = await run(bench, 1, {
				resource: 'contact',
				operation: 'getAll',
				returnAll: true,
			});
		});
		clearInterval(sampler);
		const atTheEnd = liveBytes();
		const count = execution?.itemsOf(XERO_NODE).length ?? 0;
		const items = `${inMegabytes(atTheEnd - before)} MB of items (${((atTheEnd - before) / count / 1_024).toFixed(1)} kB each)`;
		print(
			`  ${String(count).padStart(7)} records ${String(measured.requests).padStart(5)} requests ${measured.seconds.toFixed(1).padStart(7)} s   ${items}, at most ${inMegabytes(highest - atTheEnd)} MB besides`,
		);
	}
}

function inMegabytes(bytes: number): string {
	return (Math.max(0, bytes) / 1_048_576).toFixed(1);
}
