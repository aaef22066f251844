/** A typed client of a running sandbox: its control interface, and Xero's OAuth flow. */
export interface SandboxClient {
	/** Without a trailing slash. */
	readonly url: string;
	state(): Promise<SandboxState>;
	createApp(app?: SandboxAppWish): Promise<SandboxApp>;
	createOrganisation(organisation: {
		name: string;
		country?: 'NZ' | 'AU' | 'GB' | 'US';
		contacts?: number;
		invoices?: number;
	}): Promise<SandboxOrganisation>;
	setWebhook(
		clientId: string,
		deliveryUrl: string,
		categories?: readonly string[],
	): Promise<HandshakeResult>;
	seed(
		tenantId: string,
		counts: { contacts?: number; invoices?: number; creditNotes?: number; events?: boolean },
	): Promise<{ contacts: number; invoices: number; creditNotes: number; ms: number }>;
	/** Days such as `2026-10-31`; a lock that is absent is lifted. */
	setLocks(
		tenantId: string,
		locks: { readonly periodLockDate?: string; readonly endOfYearLockDate?: string },
	): Promise<void>;
	/** As people merge contacts in Xero: documents move to the other one, and the first is archived. */
	mergeContacts(tenantId: string, from: string, into: string): Promise<void>;
	/** Records that are gone without a word; `table` is one of the sandbox's books, such as `payments`. */
	vanish(tenantId: string, table: string, ids: readonly string[]): Promise<void>;
	/** As people reset a demo company: all ids are new, and apps are disconnected unless told otherwise. */
	resetOrganisation(
		tenantId: string,
		wish?: { contacts?: number; invoices?: number; disconnects?: boolean },
	): Promise<void>;
	/** What reached it, except the control interface and the pages. */
	requests(since?: string | number): Promise<LoggedSandboxRequest[]>;
	forgetRequests(): Promise<void>;
	webhooks(): Promise<SentSandboxWebhook[]>;
	sendWebhooks(
		clientId: string,
		events: readonly SandboxEventWish[],
		signature?: 'correct' | 'wrong',
	): Promise<SentSandboxWebhook>;
	/** `{}` puts Xero's own back. */
	setLimits(limits: SandboxLimits): Promise<void>;
	/** Replaces all switches; `{}` clears them. */
	setFaults(faults: Readonly<Record<string, unknown>>): Promise<void>;
	advanceClock(seconds: number): Promise<void>;
	/** The whole consent flow over HTTP, as a browser and an app go through it. */
	authorise(app: SandboxApp, choice?: ConsentChoice): Promise<SandboxTokens>;
	/** A call to the API with the headers that Xero wants; no checks of the answer. */
	call(
		tokens: Pick<SandboxTokens, 'access_token'>,
		tenantId: string | undefined,
		method: string,
		path: string,
		body?: unknown,
		headers?: Readonly<Record<string, string>>,
	): Promise<Response>;
}

export interface SandboxOrganisation {
	readonly tenantId: string;
	readonly name: string;
}

export interface SandboxApp {
	readonly clientId: string;
	/** Null for a PKCE app. */
	readonly clientSecret: string | null;
	readonly webhookKey: string;
	readonly redirectUris: readonly string[];
	readonly deliveryUrl: string | null;
	readonly webhookStatus: 'none' | 'failed' | 'ok' | 'retry' | 'disabled';
	readonly pendingEvents: number;
}

export interface SandboxState {
	readonly organisations: readonly SandboxOrganisation[];
	readonly apps: readonly SandboxApp[];
	readonly now: string;
}

export interface SandboxAppWish {
	readonly redirectUris?: readonly string[];
	readonly name?: string;
	readonly scopes?: readonly string[];
	readonly tier?: 'starter' | 'core' | 'plus' | 'advanced' | 'enterprise';
	readonly legacyScopes?: boolean;
	readonly bankFeeds?: boolean;
	readonly type?: 'web' | 'pkce' | 'custom';
	readonly tenantId?: string;
}

export interface HandshakeResult {
	readonly status: 'ok' | 'failed';
	readonly checks: readonly {
		readonly signature: string;
		readonly expectedStatus: number;
		readonly status: number | null;
		readonly ms: number;
		readonly problem: string | null;
	}[];
}

export interface LoggedSandboxRequest {
	readonly at: string;
	readonly method: string;
	readonly path: string;
	readonly query: Readonly<Record<string, string>>;
	readonly tenantId: string | null;
	readonly status: number;
	readonly dropped: boolean;
	readonly idempotencyKey: string | null;
	readonly elements: number | null;
}

export interface SentSandboxWebhook {
	readonly at: string;
	readonly clientId: string;
	readonly deliveryUrl: string;
	readonly status: number | null;
	readonly ms: number;
	readonly problem: string | null;
	readonly events: readonly Readonly<Record<string, unknown>>[];
}

export interface SandboxEventWish {
	readonly tenantId: string;
	readonly resourceId: string;
	readonly eventCategory?: string;
	readonly eventType?: string;
	readonly eventDateUtc?: string;
	readonly [field: string]: unknown;
}

export interface SandboxLimits {
	readonly concurrent?: number;
	readonly minute?: number;
	readonly day?: number;
	readonly appMinute?: number;
	readonly windowMs?: number;
}

export interface ConsentChoice {
	/** Names or tenant ids, one consent each; the first organisation when absent. */
	readonly organisations?: readonly string[];
	readonly scopes?: readonly string[];
	/** Who signs in; the sandbox's own user when absent. */
	readonly loginHint?: string;
}

export interface SandboxTokens {
	readonly access_token: string;
	readonly refresh_token?: string;
	readonly id_token?: string;
	readonly expires_in: number;
	readonly token_type: string;
	readonly scope: string;
}

/** Every scope that the first resources need. */
export const USUAL_SCOPES = [
	'openid',
	'profile',
	'email',
	'offline_access',
	'accounting.contacts',
	'accounting.invoices',
	'accounting.payments',
	'accounting.banktransactions',
	'accounting.settings',
];

/** What the client needs of `fetch`. */
export type FetchText = (url: string, init?: RequestInit) => Promise<Response>;

export function sandboxClient(url: string, fetch: FetchText = globalThis.fetch): SandboxClient {
	async function control<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
		const response = await fetch(`${url}/_sandbox/${path}`, {
			method,
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} /_sandbox/${path}: ${response.status} ${text}`);
		return (text === '' ? undefined : JSON.parse(text)) as Answer;
	}

	const state = () => control<SandboxState>('GET', 'state');

	async function consentOnce(
		app: SandboxApp,
		tenantId: string,
		choice: ConsentChoice,
	): Promise<SandboxTokens> {
		const redirectUri = app.redirectUris[0] ?? '';
		const wish = new URLSearchParams({
			response_type: 'code',
			client_id: app.clientId,
			redirect_uri: redirectUri,
			scope: (choice.scopes ?? USUAL_SCOPES).join(' '),
			state: 'from-the-test',
			...(choice.loginHint !== undefined && { login_hint: choice.loginHint }),
		});
		const page = await fetch(`${url}/identity/connect/authorize?${wish}`, { redirect: 'manual' });
		if (page.status >= 400) throw new Error(`The authorize page refused: ${await page.text()}`);
		await page.arrayBuffer();

		const approved =
			page.status === 302
				? page
				: await fetch(`${url}/identity/connect/authorize`, {
						method: 'POST',
						redirect: 'manual',
						body: new URLSearchParams([...wish, ['tenantId', tenantId], ['action', 'approve']]),
					});
		const location = approved.headers.get('location');
		if (location === null) throw new Error(`Consent refused: ${await approved.text()}`);

		const answer = await fetch(`${url}/connect/token`, {
			method: 'POST',
			headers: { authorization: basic(app) },
			body: new URLSearchParams({
				grant_type: 'authorization_code',
				code: new URL(location).searchParams.get('code') ?? '',
				redirect_uri: redirectUri,
			}),
		});
		if (!answer.ok) throw new Error(`The token endpoint refused: ${await answer.text()}`);
		return (await answer.json()) as SandboxTokens;
	}

	return {
		url,
		state,
		createApp: (app = {}) =>
			control('POST', 'apps', { redirectUris: ['http://localhost:8787/oauth/callback'], ...app }),
		createOrganisation: (organisation) => control('POST', 'organisations', organisation),
		setWebhook: (clientId, deliveryUrl, categories) =>
			control('PUT', `apps/${clientId}/webhook`, {
				deliveryUrl,
				...(categories && { categories }),
			}),
		seed: (tenantId, counts) => control('POST', `organisations/${tenantId}/seed`, counts),
		setLocks: (tenantId, locks) => control('PUT', `organisations/${tenantId}/locks`, locks),
		mergeContacts: (tenantId, from, into) =>
			control('POST', `organisations/${tenantId}/merges`, { from, into }),
		vanish: (tenantId, table, ids) =>
			control('POST', `organisations/${tenantId}/vanish`, { table, ids }),
		resetOrganisation: (tenantId, wish = {}) =>
			control('POST', `organisations/${tenantId}/reset`, wish),
		requests: async (since) => {
			const query = since === undefined ? '' : `?since=${encodeURIComponent(since)}`;
			return (await control<{ items: LoggedSandboxRequest[] }>('GET', `requests${query}`)).items;
		},
		forgetRequests: () => control('DELETE', 'requests'),
		webhooks: async () => (await control<{ items: SentSandboxWebhook[] }>('GET', 'webhooks')).items,
		sendWebhooks: (clientId, events, signature) =>
			control('POST', 'webhooks/send', { clientId, events, ...(signature && { signature }) }),
		setLimits: (limits) => control('PUT', 'limits', limits),
		setFaults: (faults) => control('PUT', 'faults', faults),
		advanceClock: (seconds) => control('POST', 'clock', { advanceSeconds: seconds }),
		async authorise(app, choice = {}) {
			const { organisations } = await state();
			const wanted = choice.organisations ?? [organisations[0]?.tenantId ?? ''];
			const tenantIds = wanted.map((wish) => {
				const found = organisations.find(
					({ tenantId, name }) => tenantId === wish || name === wish,
				);
				if (found === undefined) throw new Error(`The sandbox has no organisation ${wish}`);
				return found.tenantId;
			});
			let tokens: SandboxTokens | undefined;
			for (const tenantId of tenantIds) tokens = await consentOnce(app, tenantId, choice);
			if (tokens === undefined) throw new Error('No organisation was chosen');
			return tokens;
		},
		call: (tokens, tenantId, method, path, body, headers = {}) =>
			fetch(`${url}${path}`, {
				method,
				headers: {
					authorization: `Bearer ${tokens.access_token}`,
					accept: 'application/json',
					...(tenantId !== undefined && { 'xero-tenant-id': tenantId }),
					...(body !== undefined && { 'content-type': 'application/json' }),
					...headers,
				},
				...(body !== undefined && { body: JSON.stringify(body) }),
			}),
	};
}

/** `Authorization` of a confidential app at the token endpoint. */
export function basic(app: Pick<SandboxApp, 'clientId' | 'clientSecret'>): string {
	return `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}`;
}
