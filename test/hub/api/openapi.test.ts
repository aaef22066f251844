import type { Router } from 'express';
import { createHealthRoutes } from '../../../hub-server/src/api/healthRoutes';
import { createLedgerRoutes } from '../../../hub-server/src/api/ledgerRoutes';
import { operations } from '../../../hub-server/src/api/openapi/operations';
import { operationId } from '../../../hub-server/src/api/openapi/createOpenApiDocument';
import { createSubscriptionRoutes } from '../../../hub-server/src/api/subscriptionRoutes';
import { createWorkspaceRoutes } from '../../../hub-server/src/api/workspaceRoutes';
import { createConnectRoutes } from '../../../hub-server/src/api/connectRoutes';
import { createConnectionRoutes } from '../../../hub-server/src/api/connectionRoutes';
import { startTestHub, type TestHub } from '../../support/startTestHub';

/** A router's own routes as `METHOD /path/{parameter}`; its dependencies are only asked in a request. */
function routesOf(mount: string, create: (deps: never) => Router): string[] {
	const { stack } = create({} as never) as unknown as {
		readonly stack: ReadonlyArray<{
			readonly route?: {
				readonly path: string;
				readonly methods: Readonly<Record<string, boolean>>;
			};
		}>;
	};
	return stack.flatMap(({ route }) =>
		route === undefined
			? []
			: Object.keys(route.methods).map((method) => {
					const path = `${mount}${route.path}`.replace(/\/$/, '').replace(/:(\w+)/g, '{$1}');
					return `${method.toUpperCase()} ${path}`;
				}),
	);
}

const ROUTES = [
	...routesOf('', createHealthRoutes),
	...routesOf('', createConnectRoutes),
	...routesOf('/api/v1/workspaces', createWorkspaceRoutes),
	...routesOf('/api/v1/connections', createConnectionRoutes),
	...routesOf('/api/v1/subscriptions', createSubscriptionRoutes),
	...routesOf('/api/v1', createLedgerRoutes),
];

describe("the API's description", () => {
	let t: TestHub;
	beforeAll(async () => {
		t = await startTestHub();
	});
	afterAll(() => t.close());

	const documented = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);

	it('tells every route, and none that is not there', () => {
		const elsewhere = new Set([
			'POST /webhooks/xero/{slug}',
			'GET /api/v1/workspace',
			...['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map(
				(method) => `${method} /api/v1/xero/{tenantId}/{path}`,
			),
		]);

		expect(documented.filter((route) => !elsewhere.has(route)).sort()).toEqual([...ROUTES].sort());
	});

	it('gives every call a name of its own', () => {
		const names = operations.map(operationId);

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

	it('can be read by people, without scripts', async () => {
		const { body: page, headers } = await t.call('GET', '/docs', undefined, null);

		expect(page).toMatch('/api/v1/subscriptions/{id}/rotate-secret');
		expect(page).not.toMatch('<script');
		expect(headers.get('content-security-policy')).toMatch("default-src 'none'");
	});
});
