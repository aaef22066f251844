import { z } from 'zod';
import type { SandboxContext } from '../context/SandboxContext';
import type { FaultSwitches } from '../faults/createFaultSwitches';
import { Faults } from '../faults/Faults';
import { matchPath } from '../http/matchPath';
import { empty, json, type Reply } from '../http/Reply';
import type { SandboxRequest } from '../http/SandboxRequest';
import type { RateLimiter } from '../limits/createRateLimiter';
import { Limits } from '../limits/Limits';
import { parseDay } from '../resource/xeroDate';
import { createOrganisation } from '../seed/createOrganisation';
import type { RequestLog } from '../http/RequestLog';
import type { WebhookSender } from '../webhooks/createWebhookSender';
import { eventOf } from '../webhooks/eventOf';
import { Table } from '../world/Table';
import type { Organisation, XeroApp } from '../world/World';
import {
	Locks,
	MergeWish,
	NewApp,
	NewOrganisation,
	ResetWish,
	SeedWish,
	SendWish,
	VanishWish,
	WebhookWish,
} from './controlSchemas';
import { createApp } from './createApp';
import { mergeContacts } from './mergeContacts';
import { resetOrganisation } from './resetOrganisation';
import { seed } from './seed';

export interface ControlDeps {
	readonly context: SandboxContext;
	readonly faults: FaultSwitches;
	readonly limiter: RateLimiter;
	readonly sender: WebhookSender;
	readonly requests: RequestLog;
	setLimits(limits: Limits): void;
}

type Handler = (
	request: SandboxRequest,
	params: Readonly<Record<string, string>>,
) => Reply | Promise<Reply>;

/** `/_sandbox/*`: how tests and people steer the sandbox. */
export function createControlApi(deps: ControlDeps): (request: SandboxRequest) => Promise<Reply> {
	const { context, faults, limiter, sender, requests } = deps;
	const { world } = context;

	const routes: readonly (readonly [string, string, Handler])[] = [
		['GET', '/_sandbox/state', () => json(200, state())],
		[
			'POST',
			'/_sandbox/apps',
			(request) => json(201, describeApp(createApp(context, read(NewApp, request)))),
		],
		['PUT', '/_sandbox/apps/:clientId/webhook', putWebhook],
		['POST', '/_sandbox/organisations', addOrganisation],
		['POST', '/_sandbox/organisations/:tenantId/seed', inOrganisation(seedOrganisation)],
		['PUT', '/_sandbox/organisations/:tenantId/locks', inOrganisation(lockOrganisation)],
		['POST', '/_sandbox/organisations/:tenantId/merges', inOrganisation(merge)],
		['POST', '/_sandbox/organisations/:tenantId/vanish', inOrganisation(vanish)],
		['POST', '/_sandbox/organisations/:tenantId/reset', inOrganisation(reset)],
		[
			'GET',
			'/_sandbox/requests',
			(request) => json(200, { items: requests.since(sinceOf(request)) }),
		],
		['DELETE', '/_sandbox/requests', () => (requests.clear(), empty(204))],
		['GET', '/_sandbox/webhooks', () => json(200, { items: sender.log() })],
		['POST', '/_sandbox/webhooks/send', sendWebhooks],
		['GET', '/_sandbox/limits', () => json(200, context.limits())],
		['PUT', '/_sandbox/limits', putLimits],
		['GET', '/_sandbox/faults', () => json(200, faults.current())],
		['PUT', '/_sandbox/faults', putFaults],
		['POST', '/_sandbox/clock', advanceClock],
	];

	function state() {
		return {
			organisations: [...world.organisations.values()].map(({ tenantId, name, country }) => ({
				tenantId,
				name,
				country,
			})),
			apps: [...world.apps.values()].map(describeApp),
			now: new Date(context.now()).toISOString(),
		};
	}

	function describeApp(app: XeroApp) {
		const webhook = world.webhooks.get(app.clientId);
		return {
			clientId: app.clientId,
			clientSecret: app.clientSecret ?? null,
			webhookKey: app.webhookKey,
			name: app.name,
			redirectUris: app.redirectUris,
			tier: app.tier,
			legacyScopes: app.legacyScopes,
			bankFeeds: app.bankFeeds,
			deliveryUrl: webhook?.deliveryUrl ?? null,
			webhookStatus: webhook?.status ?? 'none',
			pendingEvents: webhook?.pending.length ?? 0,
		};
	}

	async function putWebhook(
		request: SandboxRequest,
		params: Readonly<Record<string, string>>,
	): Promise<Reply> {
		const clientId = params['clientId'] ?? '';
		if (!world.apps.has(clientId)) return unknown(`There is no app ${clientId}`);
		const wish = read(WebhookWish, request);
		const checks = await sender.configure(clientId, wish.deliveryUrl, wish.categories);
		const status = checks.every(({ problem }) => problem === null) ? 'ok' : 'failed';
		return json(200, { status, checks });
	}

	function addOrganisation(request: SandboxRequest): Reply {
		const wish = read(NewOrganisation, request);
		const organisation = createOrganisation(wish, context.now());
		if (world.organisations.has(organisation.tenantId))
			return conflict(`${wish.name} is there already`);
		world.organisations.set(organisation.tenantId, organisation);
		context.changed();
		return json(201, {
			tenantId: organisation.tenantId,
			name: organisation.name,
			country: organisation.country,
		});
	}

	function inOrganisation(
		handle: (organisation: Organisation, request: SandboxRequest) => Reply,
	): Handler {
		return (request, { tenantId = '' }) => {
			const organisation = world.organisations.get(tenantId);
			if (organisation === undefined) return unknown(`There is no organisation ${tenantId}`);
			return handle(organisation, request);
		};
	}

	function seedOrganisation(organisation: Organisation, request: SandboxRequest): Reply {
		return json(200, seed(context, organisation, read(SeedWish, request)));
	}

	function lockOrganisation(organisation: Organisation, request: SandboxRequest): Reply {
		const locks = read(Locks, request);
		world.organisations.set(organisation.tenantId, {
			...organisation,
			periodLockDateMs: parseDay(locks.periodLockDate),
			endOfYearLockDateMs: parseDay(locks.endOfYearLockDate),
		});
		context.changed();
		return json(200, locks);
	}

	function merge(organisation: Organisation, request: SandboxRequest): Reply {
		const wish = read(MergeWish, request);
		const [from, into] = [wish.from, wish.into].map((id) => organisation.books.contacts.get(id));
		if (from === undefined || into === undefined || from === into)
			return unknown('There are no two such contacts');
		mergeContacts(context, organisation, from, into);
		return empty(204);
	}

	/** Gone without a word: no event, no status, no time of change. */
	function vanish({ books }: Organisation, request: SandboxRequest): Reply {
		const wish = read(VanishWish, request);
		const table: unknown = books[wish.table as keyof typeof books];
		if (!(table instanceof Table)) return unknown(`The books have no table ${wish.table}`);
		for (const id of wish.ids) table.remove(id);
		context.changed();
		return empty(204);
	}

	function reset(organisation: Organisation, request: SandboxRequest): Reply {
		resetOrganisation(context, organisation, read(ResetWish, request));
		return empty(204);
	}

	async function sendWebhooks(request: SandboxRequest): Promise<Reply> {
		const wish = read(SendWish, request);
		if (!world.webhooks.has(wish.clientId))
			return unknown(`App ${wish.clientId} has no delivery URL`);
		const events = wish.events.map((event) => eventOf(context, event));
		return json(200, await sender.sendNow(wish.clientId, events, wish.signature));
	}

	function putLimits(request: SandboxRequest): Reply {
		const limits = read(Limits, request);
		deps.setLimits(limits);
		limiter.reset();
		return json(200, limits);
	}

	function putFaults(request: SandboxRequest): Reply {
		const wish = read(Faults, request);
		faults.set(wish);
		if (wish.expireTokens) {
			for (const [jti, endsMs] of world.accessTokens) {
				world.accessTokens.set(jti, Math.min(endsMs, context.now()));
			}
		}
		return json(200, wish);
	}

	function advanceClock(request: SandboxRequest): Reply {
		const { advanceSeconds } = read(ClockWish, request);
		world.clockOffsetMs += advanceSeconds * 1_000;
		context.changed();
		sender.wake();
		return json(200, { now: new Date(context.now()).toISOString() });
	}

	return async (request) => {
		try {
			for (const [method, pattern, handle] of routes) {
				const params = method === request.method ? matchPath(pattern, request.path) : undefined;
				if (params !== undefined) return await handle(request, params);
			}
			return unknown(`The sandbox has no ${request.method} ${request.path}`);
		} catch (error) {
			if (error instanceof z.ZodError) return json(400, { error: z.prettifyError(error) });
			throw error;
		}
	};
}

const ClockWish = z.strictObject({ advanceSeconds: z.number().min(0) });

/** @throws ZodError for a body that is no JSON or not as wanted */
function read<Schema extends z.ZodType>(schema: Schema, request: SandboxRequest): z.output<Schema> {
	let body: unknown;
	try {
		body = request.body.length === 0 ? {} : JSON.parse(request.body.toString());
	} catch {
		throw new z.ZodError([
			{ code: 'custom', path: [], message: 'The body is not JSON', input: undefined },
		]);
	}
	return schema.parse(body);
}

function sinceOf(request: SandboxRequest): number {
	const since = request.query.get('since');
	if (since === null) return 0;
	const ms = /^\d+$/.test(since) ? Number(since) : Date.parse(since);
	if (Number.isNaN(ms)) {
		throw new z.ZodError([
			{ code: 'custom', path: ['since'], message: 'Not a moment in time', input: since },
		]);
	}
	return ms;
}

function unknown(error: string): Reply {
	return json(404, { error });
}

function conflict(error: string): Reply {
	return json(409, { error });
}
