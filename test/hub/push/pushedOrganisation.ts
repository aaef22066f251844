import type { Engine } from '../../../hub-server/src/database/engine';
import { eventually } from '../../support/eventually';
import { provisionPortal, type ProvisionedPortal } from '../../support/portal/provisionPortal';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';
import type { SandboxClient } from '../../support/sandboxClient';

/** A record as Xero answers it. */
export type XeroAnswer = Readonly<Record<string, unknown>>;

/** A record of a push, as the hub answers it. */
export interface AnsweredItem {
	readonly externalId: string;
	readonly state: string;
	readonly xeroId: string | null;
	readonly change: string | null;
	readonly message: string | null;
	readonly nextStep: string | null;
}

export interface AnsweredPush {
	readonly id: string;
	readonly status: string;
	readonly calls: number;
	readonly counts: Readonly<Record<string, number>>;
	readonly waitingFor: string | null;
	readonly error: string | null;
	readonly items: readonly AnsweredItem[];
	readonly nextCursor: string | null;
}

export interface PushWish {
	readonly entity?: string;
	readonly system?: string;
	readonly records: ReadonlyArray<{
		readonly externalId: string;
		readonly fields: Readonly<Record<string, unknown>>;
		readonly modifiedAt?: string;
	}>;
	readonly [option: string]: unknown;
}

/** A hub whose workspace is connected to an organisation of the sandbox. */
export interface PushedOrganisation extends ProvisionedPortal {
	readonly portal: StartedPortal;
	readonly sandbox: SandboxClient;
	/** Pushes, and waits a minute at most for the end of it. Codes are Xero's unless it says otherwise. */
	push(wish: PushWish, headers?: Readonly<Record<string, string>>): Promise<AnsweredPush>;
	/** One call of the API. */
	call(
		method: string,
		path: string,
		body?: unknown,
		headers?: Readonly<Record<string, string>>,
	): Promise<{ readonly status: number; readonly body: ReturnType<typeof JSON.parse> }>;
	/** The push once it has finished. */
	finished(id: string): Promise<AnsweredPush>;
	/** What Xero has, whatever the hub says. */
	atXero(path: string): Promise<Record<string, readonly XeroAnswer[]>>;
	writeToXero(
		method: string,
		path: string,
		body: unknown,
	): Promise<Record<string, readonly XeroAnswer[]>>;
	/** Moves the clocks of the hub and of Xero. */
	pass(seconds: number): Promise<void>;
	close(): Promise<void>;
}

export async function pushedOrganisation({
	n8nBaseUrls = [],
	...options
}: {
	readonly engine?: Engine;
	readonly env?: Readonly<Record<string, string>>;
	/** Where deliveries may go. */
	readonly n8nBaseUrls?: readonly string[];
} = {}): Promise<PushedOrganisation> {
	let aheadMs = 0;
	const portal = await startPortal({
		autoConsent: 'first',
		now: () => Date.now() + aheadMs,
		...options,
		env: { HUB_SYNC: 'off', ...options.env },
	});
	const acme = await provisionPortal(portal, n8nBaseUrls);
	const { sandbox, hub } = portal;
	const app = await sandbox.createApp({ redirectUris: ['http://localhost/check'] });
	let tokens = await sandbox.authorise(app);

	async function call(
		method: string,
		path: string,
		body?: unknown,
		headers: Readonly<Record<string, string>> = {},
	) {
		const response = await fetch(`${hub.hub.url}/api/v1${path}`, {
			method,
			headers: {
				authorization: `Bearer ${acme.apiKey}`,
				...(body !== undefined && { 'content-type': 'application/json' }),
				...headers,
			},
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
	}

	async function atXero(method: string, path: string, body?: unknown) {
		const ask = () => sandbox.call(tokens, acme.tenantId, method, `/api.xro/2.0${path}`, body);
		let answer = await ask();
		if (answer.status === 401) {
			// Time has passed.
			tokens = await sandbox.authorise(app);
			answer = await ask();
		}
		const text = await answer.text();
		if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
		return JSON.parse(text) as Record<string, readonly XeroAnswer[]>;
	}

	return {
		...acme,
		portal,
		sandbox,
		call,
		async push({ entity = 'contact', system = 'crm', ...wish }, headers) {
			const { status, body } = await call(
				'POST',
				'/pushes',
				{ tenantId: acme.tenantId, system, entity, codes: 'xero', ...wish },
				{ prefer: 'wait=60', ...headers },
			);
			if (status !== 200) throw new Error(`POST /pushes: ${status} ${JSON.stringify(body)}`);
			return body as AnsweredPush;
		},
		finished: (id) =>
			eventually('the end of the push', async () => {
				const { body } = await call('GET', `/pushes/${id}?limit=200`);
				return body.status === 'finished' ? (body as AnsweredPush) : undefined;
			}),
		atXero: (path) => atXero('GET', path),
		writeToXero: atXero,
		async pass(seconds) {
			aheadMs += seconds * 1_000;
			await sandbox.advanceClock(seconds);
		},
		async close() {
			await portal.close();
		},
	};
}

/** Of the records of a push, by external id. */
export function statesOf({ items }: Pick<AnsweredPush, 'items'>): Record<string, string> {
	return Object.fromEntries(items.map(({ externalId, state }) => [externalId, state]));
}
