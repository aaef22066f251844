import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../support/freePort';
import { startReceiver } from '../support/receiver';
import type { LoggedSandboxRequest } from '../support/sandboxClient';
import { startSandboxProcess, xeroIsSandbox, type SandboxProcess } from '../support/sandboxProcess';
import { payloadOf, postWebhook, signatureOf, xeroEvent } from '../support/signedWebhook';
import { temporaryFolder } from '../support/temporaryFolder';
import { CODES, crmContacts, crmInvoices, ITEMS, TRACKING, type CrmRecord } from './crmRecords';
import { portalTour } from './portalTour';

const CONTACTS = Number(process.env['CRM_CONTACTS'] ?? 5_000);
const INVOICES = Number(process.env['CRM_INVOICES'] ?? 20_000);
/** As the node sends them. */
const IN_A_PUSH = 500;
const ADMIN_KEY = 'xha_only-for-the-bench-0123456789';
/** Of Xero's, for one organisation and app. */
const CALLS_A_MINUTE = 60;
const CALLS_A_DAY = { Starter: 1_000, 'all other tiers': 5_000 } as const;
const REST_MS = 15_000;

interface Push {
	readonly id: string;
	readonly status: string;
	readonly counts: Readonly<Record<string, number>>;
	readonly calls: number;
	readonly items: ReadonlyArray<{
		readonly state: string;
		readonly message: string | null;
		readonly nextStep: string | null;
	}>;
	readonly nextCursor: string | null;
}

/**
 * A CRM's customers and invoices, pushed by a new user whose codes are mostly unmapped; then mapped, retried, and pushed
 * again unchanged. Another workspace gets webhooks and pushes one record meanwhile. `CRM_SCREENSHOTS=folder`: looks at the
 * portal on the way.
 */
export async function benchCrm(print: (line: string) => void): Promise<void> {
	const folder = temporaryFolder();
	const sandbox = await startSandboxProcess();
	const lifted = 10_000_000;
	await sandbox.setLimits({ minute: lifted, day: lifted, appMinute: lifted });
	const company = await sandbox.createOrganisation({
		...{ name: 'Kowhai Furniture', country: 'NZ', contacts: 1, invoices: 1 },
	});
	const { tenantId } = company;
	const port = await freePort();
	const publicUrl = `http://localhost:${port}`;
	const hub = fork(join(__dirname, 'servers', 'wholeHub.ts'), {
		execArgv: ['--import', 'tsx'],
		env: {
			...process.env,
			...xeroIsSandbox(sandbox.url),
			HUB_PORT: String(port),
			HUB_PUBLIC_URL: publicUrl,
			HUB_DATA_DIR: folder.path,
			HUB_ADMIN_KEY: ADMIN_KEY,
			// Its own reads would be counted with those of the pushes.
			HUB_SYNC: process.env['CRM_SYNC'] ?? 'off',
		},
	});
	const [url] = (await once(hub, 'message')) as [string];
	const call = async (key: string, method: string, path: string, body?: unknown) => {
		const answer = await fetch(`${url}/api/v1${path}`, {
			method,
			headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		const text = await answer.text();
		if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 500)}`);
		return text === '' ? undefined : JSON.parse(text);
	};
	const receiver = await startReceiver();
	const mine = await provision(sandbox, call, publicUrl, { name: 'Kowhai', n8n: receiver.url });
	const other = await provision(sandbox, call, publicUrl, { name: 'Neighbour', n8n: receiver.url });
	const tokens = await sandbox.authorise(mine.app, { organisations: [tenantId] });
	const atXero = async (method: string, path: string, body?: unknown) => {
		const answer = await sandbox.call(tokens, tenantId, method, `/api.xro/2.0/${path}`, body);
		if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
		return (await answer.json()) as Record<string, readonly Record<string, unknown>[]> & {
			pagination?: { readonly itemCount: number };
		};
	};
	await furnish(atXero);
	const heldInXero = () =>
		Promise.all(
			['Contacts', 'Invoices'].map(async (collection) => {
				const page = await atXero('GET', `${collection}?page=1&pageSize=1&includeArchived=true`);
				return page.pagination?.itemCount ?? 0;
			}),
		);
	const before = await heldInXero();
	const mapped = CODES.filter(({ isMapped }) => isMapped);
	await importMappings(mapped);
	await sandbox.forgetRequests();

	async function importMappings(codes: typeof CODES): Promise<void> {
		const mappings = codes.map(({ kind, key, value }) => ({ kind, key, value, system: 'crm' }));
		await call(mine.key, 'POST', `/mappings/${tenantId}/import`, { mappings });
	}

	const tour = await portalTour(process.env['CRM_SCREENSHOTS'], {
		...{ url: publicUrl, setUpLink: await setUpLink(hub), tenantId },
	});
	const contacts = crmContacts(CONTACTS);
	const invoices = crmInvoices(INVOICES, CONTACTS);
	const watching = watch(hub);
	const beside = () => besides({ url, key: other.key, app: other.app, call, receiver });
	const resting = beside();
	await delay(REST_MS);
	print('At rest:');
	tellNeighbour(await resting.end(), await watching.take());
	const neighbours = beside();

	function tellNeighbour(
		aside: Awaited<ReturnType<typeof resting.end>>,
		most?: { readonly rssMb: number; readonly blockedMs: number },
	): void {
		print(
			`  another workspace: ${aside.webhooks} webhooks, answered in p50 ${ms(aside.ackP50)}, p99 ${ms(aside.ackP99)}, ` +
				`at its workflow in p50 ${ms(aside.deliveredP50)}, p99 ${ms(aside.deliveredP99)}`,
		);
		print(
			`  its ${aside.pushes} pushes of one record: each done in p50 ${ms(aside.pushP50)}, at most ${ms(aside.pushMost)}`,
		);
		if (most) print(`  memory ${most.rssMb} MB; longest block ${ms(most.blockedMs)}`);
	}

	async function pushAll(entity: string, records: readonly CrmRecord[]): Promise<string[]> {
		const ids: string[] = [];
		for (let start = 0; start < records.length; start += IN_A_PUSH) {
			const some = records.slice(start, start + IN_A_PUSH);
			const body = { tenantId, system: 'crm', entity, records: some };
			ids.push((await call(mine.key, 'POST', '/pushes', body)).id as string);
		}
		return ids;
	}

	async function ended(ids: readonly string[]): Promise<readonly Push[]> {
		const pushes: Push[] = [];
		for (const id of ids) {
			for (;;) {
				const push = (await call(mine.key, 'GET', `/pushes/${id}?limit=200`)) as Push;
				if (push.status === 'finished') {
					pushes.push(push);
					break;
				}
				await delay(500);
			}
		}
		return pushes;
	}

	async function step(title: string, work: () => Promise<readonly string[]>) {
		await sandbox.forgetRequests();
		await watching.take();
		const began = performance.now();
		const pushes = await ended(await work());
		const seconds = (performance.now() - began) / 1_000;
		const calls = (await sandbox.requests()).filter((one) => one.tenantId === tenantId);
		const most = await watching.take();
		print(title);
		print(`  records: ${words(total(pushes.map(({ counts }) => counts)))}`);
		const said = pushes.reduce((sum, push) => sum + push.calls, 0);
		print(`  calls: ${calls.length}; these pushes say ${said} so far`);
		for (const line of byKind(calls)) print(`    ${line}`);
		print(`  ${pace(calls.length)}`);
		print(
			`  here, unpaced: ${seconds.toFixed(0)} s; memory at most ${most.rssMb} MB; longest block ${ms(most.blockedMs)}`,
		);
		for (const line of sentences(pushes)) print(`    ${line}`);
		return pushes;
	}

	await step(`A first push of ${CONTACTS} contacts`, () => pushAll('contact', contacts));
	const first = await step(
		`A first push of ${INVOICES} invoices, with ${CODES.length - mapped.length} codes unmapped`,
		() => pushAll('invoice', invoices),
	);
	const unmapped = await listUnmapped(mine.key);
	print(`  the mapping page lists ${unmapped.length} values: ${words(kindsOf(unmapped))}`);
	await tour.afterFirstPush(first.map(({ id }) => id));

	async function listUnmapped(key: string) {
		const { items } = await call(key, 'GET', `/mappings/${tenantId}/unmapped?limit=200`);
		return items as ReadonlyArray<{ readonly kind: string; readonly key: string }>;
	}

	await importMappings(CODES.filter(({ isMapped }) => !isMapped));
	await step('The same pushes retried, once the codes are mapped', async () => {
		for (const { id } of first) {
			await call(mine.key, 'POST', `/pushes/${id}/retry`, { states: ['unmapped'] });
		}
		return first.map(({ id }) => id);
	});
	print(`  the mapping page lists ${(await listUnmapped(mine.key)).length} values`);
	await step('Everything pushed again, unchanged', async () => [
		...(await pushAll('contact', contacts)),
		...(await pushAll('invoice', invoices)),
	]);
	await tour.atTheEnd();

	const aside = await neighbours.end();
	const made = (await heldInXero()).map((count, at) => count - (before[at] ?? 0));
	print(
		`New in Xero: ${made[0]} contacts and ${made[1]} invoices   (aim: ${CONTACTS} and ${INVOICES})`,
	);
	print('Meanwhile:');
	tellNeighbour(aside);
	await tour.close();
	hub.disconnect();
	await once(hub, 'exit');
	await receiver.close();
	await sandbox.process.stop();
	folder.remove();
}

type Call = (
	key: string,
	method: string,
	path: string,
	body?: unknown,
) => Promise<ReturnType<typeof JSON.parse>>;

async function provision(
	sandbox: SandboxProcess,
	call: Call,
	publicUrl: string,
	{ name, n8n }: { readonly name: string; readonly n8n: string },
) {
	const slug = name.toLowerCase();
	await call(ADMIN_KEY, 'POST', '/workspaces', { name, n8nBaseUrls: [n8n] });
	const app = await sandbox.createApp({
		...{ redirectUris: [`${publicUrl}/oauth/callback`], tier: 'advanced' },
	});
	const { clientId, clientSecret, webhookKey } = app;
	const keys = { clientId, clientSecret, webhookKey, tier: 'advanced' };
	await call(ADMIN_KEY, 'PUT', `/workspaces/${slug}/app-keys`, keys);
	const { key } = await call(ADMIN_KEY, 'POST', `/workspaces/${slug}/api-keys`, { name: 'n8n' });
	const { authorizeUrl } = await call(ADMIN_KEY, 'POST', `/workspaces/${slug}/connect`);
	const landed = await fetch(authorizeUrl as string);
	if (!landed.ok) throw new Error(await landed.text());
	if (slug === 'neighbour') {
		await call(key as string, 'POST', '/subscriptions', { url: `${n8n}/x`, events: ['*'] });
	}
	return { key: key as string, app };
}

/** What the company has in Xero before: accounts, items and tracking, but no customers. */
async function furnish(
	atXero: (method: string, path: string, body?: unknown) => Promise<unknown>,
): Promise<void> {
	const names = ['Services', 'Freight Recovered', 'Installation Income', 'Repair Income'].concat([
		...['Training Income', 'Subscription Income', 'Rental Income', 'Web Shop', 'Market Sales'],
		'Gift Card Sales',
	]);
	for (const [index, Name] of names.entries()) {
		await atXero('PUT', 'Accounts', { Code: String(201 + index), Name, Type: 'REVENUE' });
	}
	await atXero('PUT', 'Items', {
		Items: ITEMS.map(({ key, value }) => ({ Code: value, Name: key.toLowerCase() })),
	});
	const { TrackingCategories: categories } = (await atXero('GET', 'TrackingCategories')) as {
		readonly TrackingCategories: ReadonlyArray<{
			readonly Name: string;
			readonly TrackingCategoryID: string;
			readonly Options: ReadonlyArray<{ readonly Name: string }>;
		}>;
	};
	for (const { Name: category, TrackingCategoryID: id, Options: options } of categories) {
		const there = options.map((one) => one.Name);
		const own = TRACKING.filter(({ value }) => Object(value).category === category);
		for (const { key: Name } of own.filter(({ key }) => !there.includes(key))) {
			await atXero('PUT', `TrackingCategories/${id}/Options`, { Name });
		}
	}
}

async function setUpLink(hub: ChildProcess): Promise<string> {
	hub.send('setUpLink');
	const [link] = (await once(hub, 'message')) as [string];
	return link;
}

/** Asks every second how the hub is. */
function watch(hub: ChildProcess) {
	let most = { rssMb: 0, blockedMs: 0 };
	const onMessage = (told: { readonly rss?: number; readonly blockedMs?: number }) => {
		if (typeof told !== 'object') return;
		most = {
			rssMb: Math.max(most.rssMb, Math.round((told.rss ?? 0) / 1024 ** 2)),
			blockedMs: Math.max(most.blockedMs, told.blockedMs ?? 0),
		};
	};
	hub.on('message', onMessage);
	const asking = setInterval(() => hub.connected && hub.send('memory'), 1_000);
	asking.unref();
	return {
		/** The most since the last time. */
		async take() {
			hub.send('memory');
			await once(hub, 'message');
			const taken = most;
			most = { rssMb: 0, blockedMs: 0 };
			return taken;
		},
	};
}

/** What another workspace notices: a webhook each half second, and a push of one record every three. */
function besides({
	url,
	key,
	app,
	call,
	receiver,
}: {
	readonly url: string;
	readonly key: string;
	readonly app: { readonly webhookKey: string };
	readonly call: Call;
	readonly receiver: Awaited<ReturnType<typeof startReceiver>>;
}) {
	const acks: number[] = [];
	const delivered: number[] = [];
	const pushes: number[] = [];
	let isOver = false;

	async function sendWebhooks(tenantId: string): Promise<void> {
		while (!isOver) {
			const body = payloadOf(xeroEvent({ tenantId, eventDateUtc: new Date().toISOString() }));
			const before = receiver.received.length;
			const began = performance.now();
			const signature = signatureOf(body, app.webhookKey);
			const answer = await postWebhook(`${url}/webhooks/xero/neighbour`, body, signature);
			if (answer.status === 200) acks.push(performance.now() - began);
			await receiver.until(before + 1);
			delivered.push(performance.now() - began);
			await delay(500);
		}
	}

	async function pushOne(tenantId: string): Promise<void> {
		while (!isOver) {
			const began = performance.now();
			const records = [{ externalId: `${began}`, fields: { Name: `Neighbour ${began}` } }];
			const wish = { tenantId, system: 'crm', entity: 'contact', records };
			const { id } = await call(key, 'POST', '/pushes', wish);
			while ((await call(key, 'GET', `/pushes/${id}`)).status !== 'finished') await delay(20);
			pushes.push(performance.now() - began);
			await delay(3_000);
		}
	}

	const running = (async () => {
		const { items } = await call(key, 'GET', '/connections');
		const [{ tenantId }] = items as [{ readonly tenantId: string }];
		await Promise.all([sendWebhooks(tenantId), pushOne(tenantId)]);
	})();
	return {
		async end() {
			isOver = true;
			await running;
			return {
				webhooks: acks.length,
				ackP50: rank(acks, 0.5),
				ackP99: rank(acks, 0.99),
				deliveredP50: rank(delivered, 0.5),
				deliveredP99: rank(delivered, 0.99),
				pushes: pushes.length,
				pushP50: rank(pushes, 0.5),
				pushMost: rank(pushes, 1),
			};
		},
	};
}

function ms(value: number): string {
	return `${value.toFixed(0)} ms`;
}

function rank(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function total(counts: ReadonlyArray<Readonly<Record<string, number>>>): Record<string, number> {
	const sum: Record<string, number> = {};
	for (const [name, count] of counts.flatMap(Object.entries) as Array<[string, number]>) {
		sum[name] = (sum[name] ?? 0) + count;
	}
	return sum;
}

function kindsOf(values: ReadonlyArray<{ readonly kind: string }>): Record<string, number> {
	return total(values.map(({ kind }) => ({ [kind]: 1 })));
}

function words(counts: Readonly<Record<string, number>>): string {
	return Object.entries(counts)
		.map(([name, count]) => `${count} ${name}`)
		.join(', ');
}

function byKind(calls: readonly LoggedSandboxRequest[]): readonly string[] {
	const kinds = total(
		calls.map(({ method, path, query, status }) => {
			const asked = Object.keys(query).filter((name) =>
				['where', 'IDs', 'InvoiceNumbers'].includes(name),
			);
			const name = `${method} ${path.replace('/api.xro/2.0/', '')}${asked.length > 0 ? `?${asked.join('&')}` : ''}`;
			return { [status < 300 ? name : `${name} → ${status}`]: 1 };
		}),
	);
	return Object.entries(kinds).map(([name, count]) => `${count} × ${name}`);
}

function pace(calls: number): string {
	const minutes = Math.ceil(calls / CALLS_A_MINUTE);
	const days = Object.entries(CALLS_A_DAY).map(
		([tier, a]) => `${tier} ${Math.max(1, Math.ceil(calls / a))}`,
	);
	return `at Xero’s ${CALLS_A_MINUTE} a minute: ${minutes} min; days of the budget: ${days.join(', ')}`;
}

/** What a person reads, the most said first; names and numbers of one record stand for all. */
function sentences(pushes: readonly Push[]): readonly string[] {
	const said = new Map<string, { count: number; example: string }>();
	for (const { state, message, nextStep } of pushes.flatMap(({ items }) => items)) {
		if (message === null && nextStep === null) continue;
		const text = `${state}: ${message ?? ''} → ${nextStep ?? ''}`;
		const shape = text.replace(/"[^"]*"/g, '"…"').replace(/\d[\d.,]*/g, '#');
		const before = said.get(shape);
		said.set(shape, { count: (before?.count ?? 0) + 1, example: before?.example ?? text });
	}
	return [...said.values()]
		.sort((a, b) => b.count - a.count)
		.slice(0, 8)
		.map(({ count, example }) => `of the first 200 of each push ${count} say such as “${example}”`);
}
