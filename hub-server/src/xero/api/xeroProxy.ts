import { NotFoundError } from '../../errors/requestErrors';
import { checkApiPath } from './apiPath';
import type { ConnectionRows } from '../connections/connectionRows';
import { forwardedHeaders } from './forwardedHeaders';
import type { ReplayableBody } from './replayableBody';
import { rememberAnswer } from './rememberAnswer';
import { faultOfCall } from './writePolicy';
import { readCause } from './WriteCause';
import type { WriteMemory } from './WriteMemory';
import type { XeroApi, XeroApiAnswer } from './xeroApi';
import {
	ConnectionDisabledError,
	XeroConnectionFailedError,
	WriteNotAllowedError,
	XeroTimeoutError,
} from '../../errors/xeroErrors';

export interface ProxyRequest {
	readonly workspaceId: string;
	readonly tenantId: string;
	readonly method: string;
	/** As it stood in the request line, after the tenant: leading slash, no query. */
	readonly path: string;
	/** With the question mark, or empty. */
	readonly query: string;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	/** Called once it is clear that the call may go to Xero: nothing is read for one that may not. */
	readBody(): Promise<Buffer | ReplayableBody | undefined>;
	/** Who takes turns with others at this organisation, such as one workflow. */
	readonly flow: string;
	/** Id of the API key that was shown, or "admin". */
	readonly keyId: string;
	readonly signal: AbortSignal;
}

/**
 * Passes one call on to Xero in the name of the workspace's connection. What Xero answers comes back
 * as it is, refusals included.
 *
 * @throws NotFoundError, ConnectionDisabledError, InvalidRequestError, WriteNotAllowedError before anything is sent
 * @throws what `XeroApi.send` throws
 */
export type XeroProxy = (request: ProxyRequest) => Promise<XeroApiAnswer>;

export function createXeroProxy(deps: {
	readonly connections: Pick<ConnectionRows, 'findTenant'>;
	readonly api: Pick<XeroApi, 'send'>;
	readonly writes: WriteMemory;
}): XeroProxy {
	return async (request) => {
		checkApiPath(request.path);
		const connection = await deps.connections.findTenant(request.workspaceId, request.tenantId);
		if (connection === undefined) {
			throw new NotFoundError(
				`This workspace has no connection to the organisation ${request.tenantId}. Connect it first.`,
			);
		}
		if (!connection.enabled) {
			throw new ConnectionDisabledError(connection.tenantName ?? connection.tenantId);
		}
		const { workspaceId, tenantId, grantId } = connection;
		const { method, path } = request;
		const body = await request.readBody();
		// What is judged is what is sent: it is read whole before.
		const judged =
			connection.writePolicy === 'all' || body === undefined || Buffer.isBuffer(body)
				? body
				: Buffer.concat(await body.open().toArray());
		const fault = faultOfCall(connection.writePolicy, {
			...{ method, path, headers: request.headers },
			body: Buffer.isBuffer(judged) ? judged : undefined,
		});
		if (fault !== undefined) throw new WriteNotAllowedError(fault);
		const cause = readCause(request.headers['xero-hub-cause']?.toString());
		const write = await deps.writes.begin({
			...{ workspaceId, tenantId, method, path, cause, body: judged },
			keyId: request.keyId,
		});
		try {
			const answer = await deps.api.send({
				grantId,
				workspaceId,
				tenantId,
				method,
				path: `${path}${request.query}`,
				headers: forwardedHeaders(request.headers, REQUEST_ONLY),
				body: judged,
				flow: request.flow,
				maxWaitMs: MAX_WAIT_MS,
				signal: request.signal,
			});
			return {
				status: answer.status,
				headers: forwardedHeaders(answer.headers, ANSWER_ONLY),
				body: write === undefined ? answer.body : rememberAnswer(answer, write),
			};
		} catch (refused) {
			write?.end({ kind: mayBeSent(refused, request.signal) ? 'silent' : 'not_sent' });
			throw refused;
		}
	};
}

/** Of a call that its caller has left nobody knows how far it came. */
function mayBeSent(refused: unknown, signal: AbortSignal): boolean {
	if (refused instanceof XeroConnectionFailedError) return refused.wasSent;
	return refused instanceof XeroTimeoutError || signal.aborted;
}

/**
 * One whole minute of Xero's, and the time in which the calls before took their turns: nobody waits for
 * two. With Xero's answer it stays below the two minutes that the node gives a call.
 */
const MAX_WAIT_MS = 75_000;

/** Ours to set, or meant for the hub and not for Xero. */
const REQUEST_ONLY = [
	'authorization',
	'content-length',
	'cookie',
	'expect',
	'forwarded',
	'host',
	'x-forwarded-for',
	'x-forwarded-host',
	'x-forwarded-proto',
	// A GET must not become anything else behind the hub.
	...['x-http-method', 'x-http-method-override', 'x-method-override'],
	'x-workflow',
	'x-workspace',
	'xero-hub-cause',
	'xero-hub-client',
	'xero-tenant-id',
];

/** About Xero's own host and pages, and would be taken to be about the hub's. */
const ANSWER_ONLY = [
	...['alt-svc', 'clear-site-data', 'expect-ct', 'nel', 'origin-agent-cluster', 'public-key-pins'],
	...['content-security-policy', 'content-security-policy-report-only', 'permissions-policy'],
	...['referrer-policy', 'refresh', 'report-to', 'reporting-endpoints', 'service-worker-allowed'],
	...['set-cookie', 'sourcemap', 'strict-transport-security', 'timing-allow-origin'],
	...['x-content-type-options', 'x-frame-options', 'x-permitted-cross-domain-policies'],
	...['access-control-*', 'cross-origin-*'],
];
