import { pipeline } from 'node:stream/promises';
import { Router, type Request } from 'express';
import { workspaceOf } from '../http/authenticate';
import { HubError } from '../errors/HubError';
import type { XeroProxy } from './xeroProxy';

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

async function readBody(request: Request): Promise<Buffer | undefined> {
	const hasBody =
		request.headers['content-length'] !== undefined ||
		request.headers['transfer-encoding'] !== undefined;
	if (!hasBody) return undefined;
	if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES)
		throw new BodyTooLargeError();

	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request.iterator({ destroyOnReturn: false })) {
		size += (chunk as Buffer).length;
		if (size > MAX_BODY_BYTES) throw new BodyTooLargeError();
		chunks.push(chunk as Buffer);
	}
	return Buffer.concat(chunks);
}
