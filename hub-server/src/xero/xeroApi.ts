import { Readable } from 'node:stream';
import { Agent, request as sendRequest } from 'undici';
import type { GrantVault } from '../vault/grantVault';
import { readAtMost } from './readAtMost';
import { isRefusedScope } from './refusedScope';
import { XeroConnectionFailedError, XeroTimeoutError } from './xeroErrors';

export interface XeroApiRequest {
	readonly grantId: string;
	/** Absent for calls that are about no organisation, such as `/connections`. */
	readonly tenantId?: string;
	readonly method: string;
	/** With a leading slash, and the query. */
	readonly path: string;
	readonly headers?: Readonly<Record<string, string | string[]>>;
	/** Whole, so that it can be sent a second time. */
	readonly body?: Buffer;
	/** Ends the call with an `AbortError`. */
	readonly signal?: AbortSignal;
}

export interface XeroApiAnswer {
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	/** The bytes as Xero sent them, compressed if Xero compressed them. Read it or destroy it. */
	readonly body: Readable;
}

/** Xero's API as one grant sees it. Every status is an answer; only silence throws. */
export interface XeroApi {
	/**
	 * Sends with a fresh token; a 401 that a new token can heal is tried once more with one.
	 *
	 * @throws XeroConnectionFailedError, XeroTimeoutError when no answer came
	 * @throws what `GrantVault.accessToken` throws
	 */
	send(request: XeroApiRequest): Promise<XeroApiAnswer>;
	/** Closes idle connections after the calls under way. */
	close(): Promise<void>;
}

export interface XeroApiDeps {
	/** `https://api.xero.com`, without a trailing slash. */
	readonly apiUrl: string;
	readonly vault: Pick<GrantVault, 'accessToken'>;
	/** How long Xero may be silent, in milliseconds. Its reports on large organisations take a minute. */
	readonly timeoutMs?: number;
}

const CONNECT_TIMEOUT_MS = 10_000;

/** Xero's 401 is a few hundred bytes. */
const MAX_REFUSAL_BYTES = 64 * 1024;

export function createXeroApi({ apiUrl, vault, timeoutMs = 100_000 }: XeroApiDeps): XeroApi {
	const dispatcher = new Agent({
		connect: { timeout: CONNECT_TIMEOUT_MS },
		headersTimeout: timeoutMs,
		bodyTimeout: timeoutMs,
	});

	async function ask(request: XeroApiRequest, token: string): Promise<XeroApiAnswer> {
		const { tenantId, method, path, headers, body, signal } = request;
		try {
			const answer = await sendRequest(`${apiUrl}${path}`, {
				dispatcher,
				method,
				headers: {
					...headers,
					authorization: `Bearer ${token}`,
					...(tenantId !== undefined && { 'xero-tenant-id': tenantId }),
				},
				body: body ?? null,
				signal,
			});
			return { status: answer.statusCode, headers: answer.headers, body: answer.body };
		} catch (cause) {
			throw signal?.aborted ? cause : explainSilence(cause);
		}
	}

	return {
		async send(request) {
			const first = await vault.accessToken(request.grantId);
			const answer = await ask(request, first.token);
			if (answer.status !== 401) return answer;

			const refusal = await readAtMost(answer.body, MAX_REFUSAL_BYTES);
			if (isRefusedScope(answer.headers['www-authenticate'], refusal.toString())) {
				return { ...answer, body: Readable.from([refusal]) };
			}
			const second = await vault.accessToken(request.grantId, { rejectedToken: first.token });
			return ask(request, second.token);
		},
		close: () => dispatcher.close(),
	};
}

/** undici's and Node's codes for a connection that never came about. */
const NEVER_SENT: readonly unknown[] = [
	'UND_ERR_CONNECT_TIMEOUT',
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
];

function explainSilence(cause: unknown): Error {
	const { code } = cause as { readonly code?: unknown };
	if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
		return new XeroTimeoutError({ cause });
	}
	return new XeroConnectionFailedError(!NEVER_SENT.includes(code), { cause });
}
