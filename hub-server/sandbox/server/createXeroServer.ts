import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { apiOf } from '../apis/apiOf';
import type { OrganisationApis } from '../apis/createOrganisationApis';
import type { FaultSwitches } from '../faults/createFaultSwitches';
import { empty, type Reply } from '../http/Reply';
import type { SandboxRequest } from '../http/SandboxRequest';
import type { Pages } from '../pages/createPages';
import { notFound } from '../resource/apiError';
import type { IdentityApi } from '../identity/createIdentityApi';
import { readBody } from './readBody';
import type { RequestLog } from '../http/RequestLog';

type RequestHead = Omit<SandboxRequest, 'body'>;

/** The one server: identity, API, control interface and pages under one address. */
export function createXeroServer(deps: {
	readonly identity: IdentityApi;
	readonly apis: OrganisationApis;
	readonly control: (request: SandboxRequest) => Promise<Reply>;
	readonly pages: Pages;
	readonly faults: FaultSwitches;
	readonly requests: RequestLog;
	readonly now: () => number;
	/** Told of a failure of the sandbox itself, which the client sees as a 500. */
	readonly onFault: (error: unknown) => void;
}): Server {
	const { identity, apis, control, pages, faults, requests } = deps;

	async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
		const head = readHead(incoming);
		if (head.path.startsWith('/_sandbox/')) {
			const body = (await readBody(incoming)) ?? Buffer.alloc(0);
			return write(response, await control({ ...head, body }));
		}
		if (pages.has(head.path)) {
			const body = (await readBody(incoming)) ?? Buffer.alloc(0);
			return write(response, await pages.show({ ...head, body }));
		}

		const at = new Date(deps.now()).toISOString();
		const { reply, body } = await answer(head, incoming, response);
		const dropped = reply.status < 400 && faults.dropsAnswer(head.method, head.path);
		requests.add({
			at,
			method: head.method,
			path: head.path,
			query: Object.fromEntries(head.query),
			tenantId: textHeader(incoming, 'xero-tenant-id'),
			status: reply.status,
			dropped,
			idempotencyKey: textHeader(incoming, 'idempotency-key'),
			elements: elementsIn(head, body),
		});
		if (dropped) incoming.socket.destroy();
		else write(response, reply);
	}

	async function answer(
		head: RequestHead,
		incoming: IncomingMessage,
		response: ServerResponse,
	): Promise<{ readonly reply: Reply; readonly body: Buffer | undefined }> {
		if (apiOf(head.path) !== undefined && isTooLong(incoming)) {
			return { reply: notFound(), body: await readBody(incoming) };
		}
		const instead = faults.replyInstead(head.method, head.path);
		if (instead !== undefined) return { reply: instead, body: await readBody(incoming) };

		const admission = apiOf(head.path) === undefined ? undefined : apis.admit(head);
		if (admission !== undefined && 'refusal' in admission) {
			return { reply: admission.refusal, body: await readBody(incoming) };
		}
		if (admission !== undefined) response.once('close', () => admission.release());

		const [body] = await Promise.all([readBody(incoming), wait(faults.current().latencyMs)]);
		if (body === undefined) return { reply: empty(413), body };
		const request = { ...head, body };
		if (admission === undefined) return { reply: identity(request), body };
		const reply = admission.carryOut(faults.misread(request));
		return { reply: faults.misreport(head.method, head.path, reply), body };
	}

	return createServer((incoming, response) => {
		serve(incoming, response).catch((error: unknown) => {
			if (incoming.socket.destroyed) return;
			deps.onFault(error);
			write(response, {
				status: 500,
				body: 'The sandbox failed on this request; its log says why.',
			});
		});
	});
}

function readHead(incoming: IncomingMessage): RequestHead {
	const target = incoming.url ?? '/';
	const question = target.indexOf('?');
	return {
		method: incoming.method ?? 'GET',
		path: question < 0 ? target : target.slice(0, question),
		query: new URLSearchParams(question < 0 ? '' : target.slice(question + 1)),
		headers: incoming.headers,
		origin: `http://${incoming.headers.host ?? 'localhost'}`,
	};
}

/** Xero answers a longer address, its host included, with a 404 of HTML (Xero-OpenAPI#534, NetStandard#413, #471). */
const LONGEST_ADDRESS = 2_090;
const HOST = 'https://api.xero.com';

function isTooLong({ url = '' }: IncomingMessage): boolean {
	return HOST.length + url.length > LONGEST_ADDRESS;
}

function write(response: ServerResponse, reply: Reply): void {
	if (response.headersSent) return;
	const body = Buffer.from(reply.body ?? '');
	response.writeHead(reply.status, {
		...reply.headers,
		...(reply.status !== 204 && { 'content-length': body.length }),
	});
	response.end(reply.status === 204 ? undefined : body);
}

async function wait(ms: number): Promise<void> {
	if (ms > 0) await delay(ms);
}

function textHeader(incoming: IncomingMessage, name: string): string | null {
	const value = incoming.headers[name];
	return typeof value === 'string' ? value : null;
}

/** How many elements a write carries: the length of the array in its body, else one. */
function elementsIn(head: RequestHead, body: Buffer | undefined): number | null {
	const isWrite = head.method !== 'GET' && apiOf(head.path) !== undefined;
	if (!isWrite || body === undefined || body.length === 0) return null;
	try {
		const parsed: unknown = JSON.parse(body.toString());
		if (Array.isArray(parsed)) return parsed.length;
		if (typeof parsed !== 'object' || parsed === null) return null;
		const members: unknown[] = Object.values(parsed);
		const [only] = members;
		return members.length === 1 && Array.isArray(only) ? only.length : 1;
	} catch {
		return null;
	}
}
