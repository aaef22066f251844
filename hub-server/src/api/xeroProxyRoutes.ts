import { pipeline } from 'node:stream/promises';
import { Router, type Request } from 'express';
import { callerOf, workspaceOf } from '../http/authenticate';
import { HubError } from '../errors/HubError';
import { replayableBody, type ReplayableBody } from '../xero/api/replayableBody';
import type { XeroProxy } from '../xero/api/xeroProxy';

/** Xero's own limit for a request. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/**
 * `ANY /{tenantId}/{path}`, to be mounted where the request's body was not read yet and after
 * `requireWorkspace`. The answer streams; a caller that goes away ends the call to Xero.
 */
export function createXeroProxyRoutes({ proxy }: { readonly proxy: XeroProxy }): Router {
	const routes = Router();

	routes.all('/:tenantId/*path', async (request, response) => {
		const gone = new AbortController();
		response.once('close', () => gone.abort());
		try {
			// Not request.params: what was decoded there must reach Xero as the caller wrote it.
			const [, tenantId = '', path = '', query = ''] =
				/^\/([^/?]*)([^?]*)(.*)$/s.exec(request.url) ?? [];
			const answer = await proxy({
				workspaceId: workspaceOf(response).id,
				tenantId: decodeURIComponent(tenantId),
				method: request.method,
				path,
				query,
				headers: request.headers,
				body: await readBody(request),
				flow: flowOf(callerOf(response), request.get('x-workflow')),
				signal: gone.signal,
			});
			response.status(answer.status);
			for (const [name, value] of Object.entries(answer.headers)) {
				if (value !== undefined) response.setHeader(name, value);
			}
			await pipeline(answer.body, response);
		} catch (cause) {
			if (gone.signal.aborted || request.errored) return;
			if (response.headersSent) response.destroy();
			else throw cause;
		}
	});
	return routes;
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

async function readBody(request: Request): Promise<Buffer | ReplayableBody | undefined> {
	const length = Number(request.headers['content-length'] ?? Number.NaN);
	if (length > MAX_BODY_BYTES) throw new BodyTooLargeError();
	const pieces = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
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
