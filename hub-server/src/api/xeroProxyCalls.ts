import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { HubError } from '../errors/HubError';
import type { Uptime } from '../clock';
import { defineRawCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import type { UploadPlace, UploadRoom } from '../http/uploadRoom';
import type { WorkspaceLimits } from '../workspaces/workspaceLimits';
import { replayableBody, type ReplayableBody } from '../xero/api/replayableBody';
import type { XeroProxy } from '../xero/api/xeroProxy';
import { NO_TOKEN, UNKNOWN } from './refusals';

export interface XeroProxyCallsDeps {
	readonly proxy: XeroProxy;
	readonly uploads: UploadRoom;
	readonly workspaceLimits: Pick<WorkspaceLimits, 'of'>;
	readonly uptime: Uptime;
	/** How long the hub waits for a body in all, in milliseconds. Default: a minute. */
	readonly longestUploadMs?: number | undefined;
}

/** Xero's own limit for a request. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/**
 * `/xero/{tenantId}/{path}`: the request's body was not read yet. The answer streams; a caller that goes
 * away ends the call to Xero.
 */
export function createXeroProxyCalls(deps: XeroProxyCallsDeps) {
	return groupCalls(
		'Calls to Xero',
		(['get', 'post', 'put', 'patch', 'delete'] as const).map((method) =>
			defineRawCall({
				method,
				path: '/api/v1/xero/{tenantId}/{+path}',
				access: 'workspace',
				needs: { scope: method === 'get' ? 'read' : 'write', organisations: 'path' },
				summary: 'Passes the call to Xero’s API',
				description:
					'`path` is Xero’s own, such as api.xro/2.0/Invoices. Body, status and Xero’s headers pass through; the hub adds the token.',
				status: 200,
				answer: 'application/json',
				refusals: {
					...UNKNOWN,
					...NO_TOKEN,
					408: 'The body did not arrive in time',
					413: 'More than 10 MB',
					429: 'Xero’s limits leave no room in time, and Retry-After says when to come back; or too many bodies are on their way',
					502: 'No connection to Xero',
					504: 'Xero was silent',
				},
				respond: (request, response, { workspace, caller, params: { tenantId } }) =>
					passOn(deps, request, response, { workspaceId: workspace.id, caller, tenantId }),
			}),
		),
	);
}

async function passOn(
	deps: XeroProxyCallsDeps,
	request: Request,
	response: Response,
	{
		workspaceId,
		caller,
		tenantId,
	}: { readonly workspaceId: string; readonly caller: string; readonly tenantId: string },
): Promise<void> {
	const { proxy, uploads, workspaceLimits } = deps;
	if (lengthOf(request) > MAX_BODY_BYTES) throw new BodyTooLargeError();
	const gone = new AbortController();
	response.once('close', () => gone.abort());
	const { uploadBytes } = await workspaceLimits.of(workspaceId);
	const place = uploads.enter(`${workspaceId} ${caller}`, uploadBytes);
	const arriving = arrivingBody(request, place, deps);
	try {
		// Not request.params: what was decoded there must reach Xero as the caller wrote it.
		const [, path = '', query = ''] =
			/^\/api\/v1\/xero\/[^/?]*([^?]*)(.*)$/is.exec(request.url) ?? [];
		const answer = await proxy({
			workspaceId,
			tenantId,
			method: request.method,
			path,
			query,
			headers: request.headers,
			readBody: () => readBody(request, place, arriving.pieces),
			keyId: caller,
			flow: flowOf(caller, request.get('x-workflow')),
			signal: gone.signal,
		});
		response.status(answer.status);
		for (const [name, value] of Object.entries(answer.headers)) {
			if (value !== undefined) response.setHeader(name, value);
		}
		await pipeline(answer.body, response);
	} catch (cause) {
		if (gone.signal.aborted || request.errored) return;
		if (response.headersSent) {
			response.destroy();
			return;
		}
		// What was not read to its end cannot be followed by another request.
		if (!request.complete) response.set('Connection', 'close');
		throw arriving.refusal() ?? cause;
	} finally {
		place.leave();
	}
}

/** The body came too slowly to hold a place for it. */
class UploadTooSlowError extends HubError {
	readonly code = 'upload_too_slow';
	readonly status = 408;

	constructor(ms: number) {
		super(
			`The body did not arrive within ${ms / 1000} s, so Xero did not get it. Try again over a better line.`,
		);
	}
}

/** Of the hub's waiting for the caller, not of its waiting for a turn: ten megabytes at 1.4 Mbit/s. */
const LONGEST_UPLOAD_MS = 60_000;

interface ArrivingBody {
	readonly pieces: AsyncIterable<Buffer>;
	/** Why the pieces ended too early: whoever read them may have said it in other words. */
	refusal(): HubError | undefined;
}

/** The request's body, each piece counted where its length was not told, and all in time. */
function arrivingBody(
	request: Request,
	place: UploadPlace,
	{ uptime, longestUploadMs = LONGEST_UPLOAD_MS }: XeroProxyCallsDeps,
): ArrivingBody {
	const isCounted = request.headers['content-length'] === undefined;
	let leftMs = longestUploadMs;
	let refusal: HubError | undefined;

	async function* pieces(): AsyncGenerator<Buffer> {
		const source = (request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>)[
			Symbol.asyncIterator
		]();
		for (;;) {
			const askedAt = uptime();
			const piece = await within(leftMs, source.next());
			leftMs -= uptime() - askedAt;
			try {
				if (piece === undefined) throw new UploadTooSlowError(longestUploadMs);
				if (piece.done === true) return;
				if (isCounted) place.take(piece.value.length);
			} catch (cause) {
				refusal = cause as HubError;
				throw cause;
			}
			yield piece.value;
		}
	}

	return { pieces: pieces(), refusal: () => refusal };
}

/** Undefined when it takes longer. */
async function within<Value>(ms: number, value: Promise<Value>): Promise<Value | undefined> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<undefined>((resolve) => {
		timer = setTimeout(() => resolve(undefined), Math.max(0, ms));
	});
	try {
		return await Promise.race([value, late]);
	} finally {
		clearTimeout(timer);
	}
}

/** The request is larger than Xero takes. */
class BodyTooLargeError extends HubError {
	readonly code = 'body_too_large';
	readonly status = 413;
	/** The rest of the body is not read, so the connection cannot be used again. */
	override readonly headers = { Connection: 'close' };

	constructor() {
		super('Xero takes requests of 10 MB at most. Send fewer elements at a time.');
	}
}

/** A key's workflows take turns among themselves where n8n names them. */
function flowOf(caller: string, workflow: string | undefined): string {
	return `${caller} ${(workflow ?? '').slice(0, MAX_WORKFLOW_NAME)}`;
}

const MAX_WORKFLOW_NAME = 100;

/**
 * Smaller bodies are here at once; a larger one goes on to Xero while it still arrives. One whose length
 * was not told (chunked) is read first, within the same limit: Xero gets a `Content-Length`, and a body that
 * turns out too long is refused before Xero has seen a part of it. Either way it is kept until Xero has
 * answered, for a 401 or a 429 means sending it again (decision 13).
 */
const STREAMED_FROM_BYTES = 64 * 1024;

/** As it was told; NaN where it was not. */
function lengthOf(request: Request): number {
	return Number(request.headers['content-length'] ?? Number.NaN);
}

async function readBody(
	request: Request,
	place: UploadPlace,
	pieces: AsyncIterable<Buffer>,
): Promise<Buffer | ReplayableBody | undefined> {
	const length = lengthOf(request);
	if (length > 0) place.take(length);
	if (length >= STREAMED_FROM_BYTES) return replayableBody(pieces, length);
	if (Number.isNaN(length) && request.headers['transfer-encoding'] === undefined) return undefined;

	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of pieces) {
		size += chunk.length;
		if (size > MAX_BODY_BYTES) throw new BodyTooLargeError();
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}
