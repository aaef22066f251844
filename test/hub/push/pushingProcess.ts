import { eventually } from '../../support/eventually';
import { startHubProcess, type HubProcess } from '../../support/hubProcess';
import { provisionWorkspace, type ProvisionedWorkspace } from '../../support/provisionWorkspace';
import { xeroIsSandbox } from '../../support/sandboxProcess';
import { startSandbox, type StartedSandbox } from '../../support/startSandbox';
import { temporaryFolder } from '../../support/temporaryFolder';
import type { AnsweredPush, PushWish, XeroAnswer } from './pushedOrganisation';

/** A hub that is a process of its own, with a workspace that is connected to an organisation of the sandbox. */
export interface PushingProcess {
	readonly sandbox: StartedSandbox;
	readonly tenantId: string;
	readonly acme: ProvisionedWorkspace;
	readonly dataDir: string;
	/** Of the workspace. */
	call(
		method: string,
		path: string,
		body?: unknown,
	): Promise<{ readonly status: number; readonly body: ReturnType<typeof JSON.parse> }>;
	/** Pushes, and waits for the end of it. Codes are Xero's unless it says otherwise. */
	push(wish: PushWish): Promise<AnsweredPush>;
	finished(id: string): Promise<AnsweredPush>;
	atXero(
		method: string,
		path: string,
		body?: unknown,
	): Promise<Record<string, readonly XeroAnswer[]>>;
	/** How many records of Xero's lists there are. */
	counts(lists: readonly string[]): Promise<Readonly<Record<string, number>>>;
	/** SIGKILL. */
	kill(): Promise<void>;
	/** On the same port, with other settings where some are given. */
	start(env?: Readonly<Record<string, string>>): Promise<void>;
	close(): Promise<void>;
}

/** @param env of the hub, whenever it is started */
export async function pushingProcess(
	env: Readonly<Record<string, string>> = {},
	n8nBaseUrls: readonly string[] = [],
): Promise<PushingProcess> {
	const folder = temporaryFolder();
	const sandbox = await startSandbox({ autoConsent: 'first' });
	// Not what is looked at here: a hub follows Xero's headers where they let more calls through.
	await sandbox.setLimits({ minute: 1_000_000, day: 10_000_000, appMinute: 10_000_000 });
	let hub: HubProcess | undefined;
	let port: number | undefined;

	async function start(more: Readonly<Record<string, string>> = {}): Promise<HubProcess> {
		hub = await startHubProcess({
			dataDir: folder.path,
			...(port !== undefined && { port }),
			env: { ...xeroIsSandbox(sandbox.url), ...env, ...more },
		});
		port = Number(new URL(hub.url).port);
		return hub;
	}

	const acme = await provisionWorkspace(await start(), sandbox, n8nBaseUrls);
	const tenantId = acme.connections[0]?.tenantId ?? '';
	const tokens = await sandbox.authorise(acme.app);

	const call: PushingProcess['call'] = async (method, path, body) => {
		if (hub === undefined) throw new Error('The hub is down');
		const ask = () => (hub as HubProcess).call(method, `/api/v1${path}`, body, acme.apiKey);
		// A connection to the hub that was killed may still be in the client's pool.
		return ask().catch((cause: unknown) => {
			if (cause instanceof TypeError) return ask();
			throw cause;
		});
	};
	const finished = (id: string) =>
		eventually(
			'the end of the push',
			async () => {
				const { body } = await call('GET', `/pushes/${id}?limit=200`);
				return body.status === 'finished' ? (body as AnsweredPush) : undefined;
			},
			{ timeoutMs: 120_000 },
		);
	const atXero: PushingProcess['atXero'] = async (method, path, body) => {
		const answer = await sandbox.call(tokens, tenantId, method, `/api.xro/2.0${path}`, body);
		const text = await answer.text();
		if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
		return JSON.parse(text) as Record<string, readonly XeroAnswer[]>;
	};

	return {
		...{ sandbox, tenantId, acme, dataDir: folder.path, call, finished, atXero },
		async push({ entity = 'contact', system = 'crm', ...wish }) {
			const { status, body } = await call('POST', '/pushes', {
				...{ tenantId, system, entity, codes: 'xero', ...wish },
			});
			// 200: it was over before the answer left.
			if (status !== 202 && status !== 200) {
				throw new Error(`POST /pushes: ${status} ${JSON.stringify(body)}`);
			}
			return finished(body.id);
		},
		async counts(lists) {
			const counted = lists.map(async (list) => {
				const query = /^(Items|Accounts|TaxRates)$/.test(list) ? '' : '?page=1&pageSize=1000';
				return [list, (await atXero('GET', `/${list}${query}`))[list]?.length ?? 0] as const;
			});
			return Object.fromEntries(await Promise.all(counted));
		},
		async kill() {
			await hub?.process.kill();
		},
		start: (more) => start(more).then(() => undefined),
		async close() {
			await hub?.process.stop();
			await sandbox.close();
			folder.remove();
		},
	};
}
