import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler } from 'express';
import type { Actor } from '../../../hub-server/src/administration/Actor';
import { NewApiKey as Thing } from '../../../hub-server/src/administration/workspaceRequests';
import { Page } from '../../../hub-server/src/api/paging';
import { answerWith, defineCall, defineRawCall } from '../../../hub-server/src/http/defineCall';
import { groupCalls } from '../../../hub-server/src/http/HttpCall';
import { mountCalls } from '../../../hub-server/src/http/mountCalls';
import { createProblemHandler } from '../../../hub-server/src/http/problem';

const declared = { method: 'get', access: 'public', summary: 'A thing', status: 200 } as const;

describe('a call that is declared', () => {
	let server: Server;
	let actors: Actor[];

	const calls = groupCalls('Things', [
		defineCall({
			...declared,
			path: '/things/{id}',
			query: Page,
			answer: Thing,
			isSecret: true,
			handle: async ({ params, query }) => ({ name: params.id.repeat(query.limit) }),
		}),
		defineCall({
			...declared,
			method: 'post',
			path: '/things',
			access: 'workspace',
			needs: { scope: 'write', organisations: 'untouched' },
			body: Thing,
			status: 201,
			answer: Thing,
			alsoAnswers: { 200: { when: 'It was there', answer: Thing } },
			audit: 'thing.made',
			async handle({ by, workspace, caller, body }) {
				actors.push(by);
				const made = { name: `${body.name} of ${workspace.slug} by ${caller}` };
				return body.name === 'old' ? answerWith(200, made) : made;
			},
		}),
		defineCall({
			...declared,
			method: 'delete',
			path: '/things/{id}',
			access: 'admin',
			status: 204,
			handle: async () => {},
		}),
		defineRawCall({
			...declared,
			path: '/files/{+path}',
			answer: 'text/plain',
			async respond(request, response, { params }) {
				response.type('txt').send(`${request.url} ${String(params.path)}`);
			},
		}),
	]);

	const admit: RequestHandler = (_request, response, next) => {
		response.locals['workspace'] = { id: 'w', slug: 'acme', name: 'Acme' };
		response.locals['caller'] = 'key-1';
		response.locals['apiKey'] = { id: 'key-1', name: 'n8n', scopes: ['write'] };
		next();
	};
	const refuse: RequestHandler = (_request, response) => {
		response.status(403).end();
	};

	beforeEach(async () => {
		actors = [];
		server = createServer(
			express()
				.use(mountCalls(calls, { workspace: admit, admin: refuse }))
				.use(createProblemHandler(() => {})),
		).listen(0, '127.0.0.1');
		await once(server, 'listening');
	});
	afterEach(() => {
		server.closeAllConnections();
		server.close();
	});

	async function ask(method: string, path: string, body?: string) {
		const { port } = server.address() as AddressInfo;
		const response = await fetch(`http://127.0.0.1:${port}${path}`, {
			method,
			...(body !== undefined && { body, headers: { 'content-type': 'application/json' } }),
		});
		return { status: response.status, headers: response.headers, text: await response.text() };
	}

	it('answers what its handler makes of what was sent', async () => {
		const { status, headers, text } = await ask('GET', '/things/a%20b?limit=2');

		expect([status, text]).toEqual([200, '{"name":"a ba b"}']);
		expect(headers.get('cache-control')).toBe('no-store');
	});

	it('answers with the status that goes with what happened', async () => {
		const made = await ask('POST', '/things', '{"name":"new"}');
		const known = await ask('POST', '/things', '{"name":"old"}');

		expect([made.status, made.text]).toEqual([201, '{"name":"new of acme by key-1"}']);
		expect([known.status, known.text]).toEqual([200, '{"name":"old of acme by key-1"}']);
		expect(made.headers.get('cache-control')).toBeNull();
	});

	it('names its caller and itself for the audit log', async () => {
		await ask('POST', '/things', '{"name":"new"}');

		expect(actors).toEqual([
			{
				name: 'API key “n8n” of acme',
				action: 'thing.made',
				call: 'POST /things',
				from: '127.0.0.1',
				keyId: 'key-1',
			},
		]);
	});

	it.each([
		['POST', '/things', '{"name":5}', 'name: say what'],
		['POST', '/things', undefined, 'name: say what'],
		['POST', '/things', '{', 'not valid JSON'],
		['GET', '/things/a?limit=x', undefined, 'limit: must be a number'],
	])('refuses what its schemas do not take: %s %s %s', async (method, path, body, why) => {
		const { status, text } = await ask(method, path, body);

		expect(status).toBe(400);
		expect(JSON.parse(text).detail).toContain(why);
		expect(actors).toEqual([]);
	});

	it('tells an address that cannot be decoded from a body that cannot', async () => {
		const { status, text } = await ask('GET', '/files/%E0%A4%A');

		expect(status).toBe(400);
		expect(JSON.parse(text).detail).toBe('The URL cannot be decoded.');
	});

	it('is behind the guard of its access', async () => {
		expect((await ask('DELETE', '/things/a')).status).toBe(403);
	});

	it('may write its answer itself, and have a parameter with slashes', async () => {
		expect((await ask('GET', '/files/a/b?c=d')).text).toBe('/files/a/b?c=d a,b');
	});

	/** For the compiler: each of these lines must be an error. */
	it('cannot be declared otherwise than it answers', () => {
		const wrong = () => [
			defineCall({
				...declared,
				path: '/x',
				answer: Thing,
				// @ts-expect-error the schema says text
				handle: async () => ({ name: 5 }),
			}),
			defineCall({
				...declared,
				path: '/x',
				// @ts-expect-error nothing is said of an answer
				handle: async () => ({ name: 'x' }),
			}),
			defineCall({
				...declared,
				path: '/x',
				answer: Thing,
				alsoAnswers: { 201: { when: 'new', answer: Thing } },
				// @ts-expect-error nothing is said of 202
				handle: async () => answerWith(202, { name: 'x' }),
			}),
			defineCall({
				...declared,
				path: '/x/{id}',
				answer: Thing,
				// @ts-expect-error the path has no slug
				handle: async ({ params }) => ({ name: params.slug }),
			}),
			defineCall({
				...declared,
				path: '/x',
				answer: Thing,
				// @ts-expect-error what the audit log does not tell has nobody to name
				handle: async ({ by }) => ({ name: by.name }),
			}),
			defineCall({
				...declared,
				path: '/x',
				access: 'admin',
				answer: Thing,
				// @ts-expect-error an admin key belongs to no workspace
				handle: async ({ workspace }) => ({ name: workspace.id }),
			}),
		];

		expect(wrong()).toHaveLength(6);
	});
});
