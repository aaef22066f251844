import type { IncomingHttpHeaders } from 'node:http';

/** One request, read whole. */
export interface SandboxRequest {
	readonly method: string;
	/** Without the query; percent-decoding is left to the routes. */
	readonly path: string;
	readonly query: URLSearchParams;
	readonly headers: IncomingHttpHeaders;
	readonly body: Buffer;
	/** Scheme and host as the client addressed us: the issuer of what this request is given. */
	readonly origin: string;
}
