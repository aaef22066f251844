import { z } from 'zod';
import type { HttpCall, KeyNeeds } from '../HttpCall';

export interface OpenApiDocument {
	readonly openapi: '3.1.0';
	readonly [member: string]: unknown;
}

/** The API's description as OpenAPI 3.1, from the schemas that the calls themselves check with. */
export function createOpenApiDocument(
	calls: readonly HttpCall[],
	publicUrl: string,
): OpenApiDocument {
	const paths: Record<string, Record<string, unknown>> = {};
	for (const call of calls) (paths[documentedPath(call)] ??= {})[call.method] = describe(call);
	return {
		openapi: '3.1.0',
		info: {
			title: 'Xero Hub',
			version: '1',
			description:
				'Receives Xero’s webhooks, keeps them, and relays them into n8n workflows. ' +
				'Refusals are application/problem+json with a stable `code`.',
			license: { name: 'MIT', identifier: 'MIT' },
		},
		servers: [{ url: publicUrl }],
		tags: [...new Set(calls.map(({ group }) => group))].map((name) => ({ name })),
		paths,
		components: {
			securitySchemes: {
				adminKey: { type: 'http', scheme: 'bearer', description: 'The operator’s key, xha_…' },
				apiKey: { type: 'http', scheme: 'bearer', description: 'A workspace’s key, xhk_…' },
			},
			schemas: { Problem: PROBLEM },
		},
	};
}

/** OpenAPI has no parameter that may hold slashes: `{+path}` is told as `{path}`. */
export function documentedPath({ path }: Pick<HttpCall, 'path'>): string {
	return path.replaceAll('{+', '{');
}

/** A name for programs: `get /api/v1/workspaces/{slug}` becomes `getWorkspacesBySlug`. */
export function operationId(call: Pick<HttpCall, 'method' | 'path'>): string {
	const words = documentedPath(call)
		.replace(/^\/api\/v1/, '')
		.split('/')
		.filter((part) => part !== '')
		.map((part) => part.replace(/^\{(.*)\}$/, 'by-$1'))
		.flatMap((part) => part.split(/[^a-zA-Z0-9]+/))
		.filter((word) => word !== '');
	return call.method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function describe(call: HttpCall) {
	const { access, needs, body, answer, alsoAnswers = {}, refusals = {} } = call;
	const problems = Object.entries({
		...ACCESS_REFUSALS[access],
		...((body ?? call.query) && {
			400: 'Not what this call takes; the answer names the field',
		}),
		...refusals,
	});
	return {
		operationId: operationId(call),
		tags: [call.group],
		summary: call.summary,
		...((call.description ?? needs) && {
			description: [call.description, needs && describeNeeds(needs)].filter(Boolean).join(' '),
		}),
		...(access !== 'public' && { security: SECURITY[access] }),
		parameters: [...pathParameters(call), ...queryParameters(call.query)],
		...(body && {
			requestBody: {
				required: true,
				content: { 'application/json': { schema: toSchema(body, 'input') } },
			},
		}),
		responses: {
			[call.status]: {
				description: 'Done',
				...(typeof answer === 'string' && { content: { [answer]: {} } }),
				...(typeof answer === 'object' && {
					content: { 'application/json': { schema: toSchema(answer, 'output') } },
				}),
			},
			...Object.fromEntries(
				Object.entries(alsoAnswers).map(([status, also]) => [
					status,
					{
						description: also.when,
						content: { 'application/json': { schema: toSchema(also.answer, 'output') } },
					},
				]),
			),
			...Object.fromEntries(
				problems.map(([status, description]) => [
					status,
					{
						description,
						content: {
							'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
						},
					},
				]),
			),
		},
	};
}

function describeNeeds({ scope, organisations }: KeyNeeds): string {
	const who = scope === 'any' ? 'Any API key may.' : `An API key needs the scope \`${scope}\`.`;
	return organisations === 'all' ? `${who} One for some organisations may not.` : who;
}

const SECURITY = {
	admin: [{ adminKey: [] }],
	workspace: [{ apiKey: [] }, { adminKey: [] }],
} as const;

const TOO_MANY = 'Too many calls at once; Retry-After says when to come back';

const ACCESS_REFUSALS = {
	public: {},
	admin: { 401: 'No key or an unknown one', 403: 'Not an admin key', 429: TOO_MANY },
	workspace: {
		401: 'No key or an unknown one',
		403: 'An admin key without the workspace’s slug in X-Workspace',
		429: TOO_MANY,
	},
} as const;

const PROBLEM = {
	type: 'object',
	required: ['type', 'title', 'status', 'detail', 'code'],
	properties: {
		type: { type: 'string' },
		title: { type: 'string' },
		status: { type: 'integer' },
		detail: { type: 'string', description: 'What is wrong and what to do, for people' },
		code: { type: 'string', description: 'Stable, for programs' },
	},
};

function pathParameters(call: HttpCall) {
	return [...documentedPath(call).matchAll(/\{(\w+)\}/g)].map(([, name = '']) => {
		const values = call.oneOf?.[name];
		return {
			name,
			in: 'path',
			required: true,
			schema: { type: 'string', ...(values !== undefined && { enum: values }) },
		};
	});
}

function queryParameters(query: z.ZodType | undefined) {
	if (query === undefined) return [];
	const { properties = {} } = toSchema(query, 'input') as { properties?: Record<string, object> };
	return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', schema }));
}

function toSchema(schema: z.ZodType, io: 'input' | 'output'): object {
	const described = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
	// The document as a whole says which JSON Schema it speaks.
	return Object.fromEntries(Object.entries(described).filter(([member]) => member !== '$schema'));
}
