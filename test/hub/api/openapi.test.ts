import { Router } from 'express';
import { createApp } from '../../../hub-server/src/http/createApp';
import { operationId } from '../../../hub-server/src/http/openapi/createOpenApiDocument';
import { createHubCalls } from '../../../hub-server/src/api/hubCalls';
import { hubCalls, type DocumentedCall } from '../../support/hubCalls';
import { startTestHub, type TestHub } from '../../support/startTestHub';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

const nameOf = ({ method, path }: Pick<DocumentedCall, 'method' | 'path'>) =>
	`${method.toUpperCase()} ${path}`;

/** Who asks for what is not there, in so many words. */
const NOTHING = /^There is nothing at /;

interface Layer {
	readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
	readonly handle: { readonly stack?: readonly Layer[] };
}

/** The application's own routes as `METHOD /path/{parameter}`. */
function routesOf(stack: readonly Layer[]): string[] {
	return stack.flatMap(({ route, handle }) =>
		route === undefined
			? routesOf(handle.stack ?? [])
			: Object.keys(route.methods).map(
					(method) => `${method.toUpperCase()} ${route.path.replace(/[:*](\w+)/g, '{$1}')}`,
				),
	);
}

describe("the API's description", () => {
	let t: TestHub;
	beforeAll(async () => {
		t = await startTestHub();
		await t.call('POST', '/api/v1/workspaces', { name: 'Described' });
	});
	afterAll(() => t.close());

	/** What a call answers to the operator, about a workspace that is there and a thing that is not. */
	async function ask({
		method,
		path,
		oneOf,
	}: Pick<DocumentedCall, 'method' | 'path'> & Partial<Pick<DocumentedCall, 'oneOf'>>) {
		const url = path.replace(/\{(\w+)\}/g, (_, name: string) => oneOf?.[name]?.[0] ?? 'nothing');
		const response = await fetch(t.hub.url + url, {
			method: method.toUpperCase(),
			redirect: 'manual',
			headers: { authorization: `Bearer ${t.adminKey}`, 'x-workspace': 'described' },
		});
		return { status: response.status, text: await response.text() };
	}

	it('is of every route, and of none that is not there', () => {
		const app = createApp({
			publicUrl: 'http://hub.example',
			trustedProxies: [],
			auth: {} as never,
			calls: createHubCalls({} as never),
			docs: Router(),
			portal: Router(),
			uptime: () => 0,
			onFault: () => {},
			onAnswered: () => {},
		});
		const inExpress = hubCalls.filter(({ respond }) => respond !== undefined);

		const routes = routesOf((app.router as unknown as { readonly stack: Layer[] }).stack);

		// Methods that Xero's calls do not pass on are refused in words.
		const refused = '_ALL /api/v1/xero/{tenantId}/{path}';
		expect(routes.filter((route) => route !== refused)).toEqual(inExpress.map(nameOf));
		expect(hubCalls.filter(({ respond }) => respond === undefined).map(nameOf)).toEqual([
			'POST /webhooks/xero/{slug}',
		]);
	});

	it.each(hubCalls.map((call) => [nameOf(call), call] as const))(
		'names what answers: %s',
		async (_name, call) => {
			const { text } = await ask(call);

			expect(text).not.toContain('There is nothing at');
		},
	);

	it('leaves out what answers nobody', async () => {
		const named = new Set(hubCalls.map(nameOf));
		const others = [...new Set(hubCalls.map(({ path }) => path))]
			.flatMap((path) => METHODS.map((method) => ({ method, path })))
			.filter((one) => !named.has(nameOf(one)) && !one.path.startsWith('/webhooks'));

		expect(others.length).toBeGreaterThan(50);
		for (const one of others) {
			const { status, text } = await ask(one);
			expect([nameOf(one), status, JSON.parse(text).detail]).toEqual([
				nameOf(one),
				404,
				expect.stringMatching(NOTHING),
			]);
		}
	});

	it('gives every call a name of its own', () => {
		const names = hubCalls.map(operationId);

		expect(new Set(names).size).toBe(names.length);
	});

	it('tells the refusals that a caller must be ready for', async () => {
		const { body } = await t.call('GET', '/openapi.json', undefined, null);
		const statuses = (method: string, path: string) =>
			Object.keys(body.paths[path][method].responses);

		expect(statuses('patch', '/api/v1/workspaces/{slug}')).toEqual(
			expect.arrayContaining(['400', '401', '403', '404', '429']),
		);
		expect(statuses('post', '/api/v1/workspaces/{slug}/api-keys/{id}/rotate')).toContain('409');
		for (const path of [
			'connections/{id}/token',
			'connections/{id}/export',
			'xero/{tenantId}/{path}',
		]) {
			expect(statuses('get', `/api/v1/${path}`)).toEqual(
				expect.arrayContaining(['401', '403', '404', '409', '429', '503']),
			);
		}
	});

	it('is OpenAPI 3.1 with a schema for each body and the way to show a key', async () => {
		const { body } = await t.call('GET', '/openapi.json', undefined, null);

		expect(body.openapi).toBe('3.1.0');
		expect(body.paths['/api/v1/workspaces'].post).toMatchObject({
			security: [{ adminKey: [] }],
			requestBody: {
				content: { 'application/json': { schema: { type: 'object', required: ['name'] } } },
			},
			responses: { 201: {}, 401: {}, 409: {} },
		});
		expect(body.paths['/api/v1/deliveries'].get.parameters).toContainEqual(
			expect.objectContaining({ name: 'status', in: 'query' }),
		);
		expect(body.paths['/healthz'].get.security).toBeUndefined();
	});

	it('names answers that the hub really gives', async () => {
		const { body: document } = await t.call('GET', '/openapi.json', undefined, null);
		const { body: workspace } = await t.call('POST', '/api/v1/workspaces', { name: 'Acme' });

		const { properties } =
			document.paths['/api/v1/workspaces'].post.responses[201].content['application/json'].schema;

		expect(Object.keys(properties).sort()).toEqual(Object.keys(workspace).sort());
	});
});
