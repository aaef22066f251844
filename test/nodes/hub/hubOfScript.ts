import type { LinkView, PushBody, PushItemView, PushView } from '../../../hub-server/protocol';
import { HUB_FEATURES } from '../../../hub-server/src/api/hubVersion';
import { createEngine, type Execution } from '../../support/n8nEngine';
import { startFakeHub, type FakeHub, type HubAnswer, type HubCall } from '../support/fakeHub';
import { xeroWorkflow, type XeroNodeWish } from '../support/xeroWorkflow';
import type { INodeExecutionData } from 'n8n-workflow';

/** A hub that answers as the test says, beside what every run asks of it. */
export interface ScriptedHub {
	readonly fake: FakeHub;
	/** Calls of what the test is about. */
	calls(method: string, path: RegExp): HubCall[];
	run(
		wish: XeroNodeWish,
		input: INodeExecutionData[],
		mode?: 'manual' | 'trigger',
	): Promise<Execution>;
	retry(wish: XeroNodeWish, failed: Execution): Promise<Execution>;
	close(): Promise<void>;
}

export const TENANT = 'tenant-1';
const OTHER_TENANT = 'tenant-2';

/** @param answer undefined: as a hub answers that knows nothing of it */
export async function startScriptedHub(
	answer: (call: HubCall) => HubAnswer | undefined,
	features: readonly string[] = HUB_FEATURES,
	tenants: readonly string[] = [TENANT],
): Promise<ScriptedHub> {
	const fake = await startFakeHub((call) => {
		if (call.path.startsWith('/api/v1/connections')) {
			const items = tenants.map((tenantId) => ({ tenantId, tenantName: `Books of ${tenantId}` }));
			return { status: 200, body: { items, nextCursor: null } };
		}
		if (call.path === '/api/v1/workspace') {
			const body = { id: 'w', slug: 'acme', name: 'Acme', hub: { version: '0.1.0', features } };
			return { status: 200, body };
		}
		return answer(call) ?? problem(404, 'not_found', `There is nothing at ${call.path}.`);
	});
	const engine = await createEngine({
		credentials: { hub: { baseUrl: fake.url, apiKey: 'xhk_test' } },
	});
	const workflow = ({ parameters, onError }: XeroNodeWish) =>
		xeroWorkflow({ parameters: { authentication: 'hub', ...parameters }, onError });
	return {
		fake,
		calls: (method, path) =>
			fake.calls.filter((call) => call.method === method && path.test(call.path)),
		run: async (wish, input, mode = 'manual') => await engine.run(workflow(wish), { input, mode }),
		retry: async (wish, failed) => await engine.retry(workflow(wish), failed, 'original'),
		close: () => fake.close(),
	};
}

export const TWO_TENANTS: readonly string[] = [TENANT, OTHER_TENANT];

export function problem(status: number, code: string, detail: string): HubAnswer {
	return { status, body: { title: code, detail, code, status } };
}

/** Links as a hub keeps them. */
export function scriptedLinks(): (call: HubCall) => HubAnswer | undefined {
	const links = new Map<string, LinkView>();
	return ({ method, path, body }) => {
		const url = new URL(path, 'http://hub');
		if (!url.pathname.startsWith('/api/v1/links')) return undefined;
		const [tenantId, system, entity, externalId] = url.pathname
			.slice('/api/v1/links/'.length)
			.split('/')
			.map(decodeURIComponent);
		const key = url.pathname;
		if (externalId === undefined) return pageOf([...links.values()], url.searchParams);
		const there = links.get(key);
		switch (method) {
			case 'PUT': {
				const { xeroId, fields } = JSON.parse(body) as { xeroId: string; fields?: unknown };
				const taken = [...links].find(([name, link]) => name !== key && link.xeroId === xeroId);
				if (taken !== undefined) {
					return problem(
						409,
						'link_taken',
						`${xeroId} is linked to "${taken[1].externalId}" already. Remove that link first, or link another record.`,
					);
				}
				const link: LinkView = {
					tenantId: tenantId ?? null,
					system: system ?? '',
					entity: entity ?? '',
					externalId,
					xeroId,
					state: 'linked',
					base: fields ?? null,
					updatedAt: '2026-11-30T00:00:00.000Z',
				};
				links.set(key, link);
				return { status: there === undefined ? 201 : 200, body: link };
			}
			case 'DELETE':
				links.delete(key);
				return there === undefined ? undefined : { status: 204 };
			default:
				return there === undefined ? undefined : { status: 200, body: there };
		}
	};
}

function pageOf(all: readonly LinkView[], query: URLSearchParams): HubAnswer {
	const wanted = all.filter((link) =>
		['system', 'entity', 'xeroId', 'tenantId'].every(
			(name) => !query.has(name) || link[name as keyof LinkView] === query.get(name),
		),
	);
	const start = Number(query.get('cursor') ?? 0);
	const end = start + Number(query.get('limit') ?? 50);
	return {
		status: 200,
		body: {
			items: wanted.slice(start, end),
			nextCursor: end < wanted.length ? String(end) : null,
		},
	};
}

/** One push as the hub was asked for it. */
export interface ScriptedPush {
	readonly id: string;
	readonly key: string;
	readonly body: PushBody;
	readonly prefer: string;
}

export interface ScriptedPushes {
	readonly pushes: ScriptedPush[];
	/** How often each was taken up again. */
	readonly retried: string[];
	/** How often each was asked for. */
	readonly looks: Map<string, number>;
	readonly answer: (call: HubCall) => HubAnswer | undefined;
}

/**
 * Pushes as a hub takes them: 202 with an id, the same for the same key; then asked for.
 *
 * @param becomes what became of a record
 * @param finishesAt the look at which a push is over
 */
export function scriptedPushes(
	becomes: (externalId: string, push: ScriptedPush) => Partial<PushItemView> | undefined,
	finishesAt: (push: ScriptedPush) => number = () => 1,
): ScriptedPushes {
	const pushes: ScriptedPush[] = [];
	const retried: string[] = [];
	const looks = new Map<string, number>();
	const answer = ({ method, path, headers, body }: HubCall): HubAnswer | undefined => {
		const { pathname } = new URL(path, 'http://hub');
		if (!pathname.startsWith('/api/v1/pushes')) return undefined;
		if (pathname === '/api/v1/pushes') {
			const key = String(headers['idempotency-key']);
			const same = pushes.find((push) => push.key === key);
			if (same !== undefined) return { status: 202, body: { id: same.id } };
			const push: ScriptedPush = {
				id: `push-${pushes.length + 1}`,
				key,
				body: JSON.parse(body) as PushBody,
				prefer: String(headers['prefer']),
			};
			pushes.push(push);
			return { status: 202, body: { id: push.id } };
		}
		const [, , , , id = '', action] = pathname.split('/');
		const push = pushes.find((one) => one.id === id);
		if (push === undefined) return undefined;
		if (method === 'POST' && action === 'retry') {
			retried.push(id);
			return { status: 202, body: { id } };
		}
		const look = (looks.get(id) ?? 0) + 1;
		looks.set(id, look);
		const isOver = look >= finishesAt(push);
		const view: PushView = {
			id,
			status: isOver ? 'finished' : 'running',
			items: push.body.records.flatMap(({ externalId }) => {
				const item = isOver ? becomes(externalId, push) : { state: 'pending' };
				return item === undefined ? [] : [{ externalId, state: 'synced', ...item }];
			}),
		};
		return { status: 200, body: view };
	};
	return { pushes, retried, looks, answer };
}
