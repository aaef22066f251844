import { Readable } from 'node:stream';
import { Agent, request as sendRequest } from 'undici';
import { isRefusedScope } from '../../../protocol/xero';
import type { Uptime } from '../../clock';
import type { AccessToken, GrantVault } from '../grants/grantVault';
import { apiOfPath, outcomeOfStatus, type CallOutcome, type XeroApiName } from './callOutcome';
import { decodedText } from './decodedText';
import { observedLimits } from '../pacing/observedLimits';
import { paceOrg } from '../pacing/paceOrg';
import type { Pacer, Turn } from '../pacing/pacer';
import { readAtMost } from './readAtMost';
import type { ReplayableBody } from './replayableBody';
import {
	XeroConnectionFailedError,
	XeroRateLimitedError,
	XeroTimeoutError,
} from '../../errors/xeroErrors';

/** Which grant a call goes through, and on whose behalf. */
export interface GrantUse {
	readonly grantId: string;
	readonly workspaceId: string;
}

export interface XeroApiRequest extends GrantUse {
	/** Absent for calls that are about no organisation, such as `/connections`. */
	readonly tenantId?: string;
	readonly method: string;
	/** With a leading slash, and the query. */
	readonly path: string;
	readonly headers?: Readonly<Record<string, string | string[]>>;
	/** It can be sent a second time. */
	readonly body?: Buffer | ReplayableBody;
	/** Who takes turns with others where an organisation's limits are tight. Default: the hub itself. */
	readonly flow?: string;
	/** It lets others go first, and leaves them part of the limits. */
	readonly isBackground?: boolean;
	/** How long the call may wait for its turn, in milliseconds. Default: 20,000. */
	readonly maxWaitMs?: number;
	/** How long Xero may be silent, in milliseconds. Default: as long as {@link XeroApiDeps} says. */
	readonly timeoutMs?: number;
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
	 * Sends with a fresh token; a 401 that a new token can heal is tried once more with one. A call
	 * about an organisation waits for its turn, and for its next one when Xero answers 429 after all;
	 * where that would take too long, Xero's 429 is the answer.
	 *
	 * @throws XeroRateLimitedError when its first turn would come too late
	 * @throws XeroConnectionFailedError, XeroTimeoutError when no answer came
	 * @throws what `GrantVault.accessToken` throws
	 */
	send(request: XeroApiRequest): Promise<XeroApiAnswer>;
	/**
	 * One call with a token that the vault does not hold yet: not paced, and not tried again.
	 *
	 * @throws XeroConnectionFailedError, XeroTimeoutError when no answer came
	 */
	sendAs(
		accessToken: string,
		request: Omit<XeroApiRequest, keyof GrantUse>,
	): Promise<XeroApiAnswer>;
	/** Closes idle connections after the calls under way. */
	close(): Promise<void>;
}

export interface XeroApiDeps {
	/** `https://api.xero.com`, without a trailing slash. */
	readonly apiUrl: string;
	readonly vault: Pick<GrantVault, 'accessToken'>;
	readonly pacer: Pacer;
	readonly uptime: Uptime;
	/** 0 ≤ random < 1. */
	readonly random: () => number;
	/** How long Xero may be silent, in milliseconds. Its reports on large organisations take a minute. */
	readonly timeoutMs?: number;
	/** Told of every call that was sent, and of the limit that Xero refused it by. */
	onCall?(api: XeroApiName, outcome: CallOutcome, limitedBy: LimitName | undefined): void;
}

const CONNECT_TIMEOUT_MS = 10_000;

/** Xero's 401 is a few hundred bytes. */
const MAX_REFUSAL_BYTES = 64 * 1024;

/** The hub's own reads can come back later. */
const OWN_WAIT_MS = 20_000;

export function createXeroApi(deps: XeroApiDeps): XeroApi {
	const { apiUrl, vault, pacer, uptime, random, timeoutMs = 100_000 } = deps;
	const dispatcher = new Agent({
		connect: { timeout: CONNECT_TIMEOUT_MS },
		headersTimeout: timeoutMs,
		bodyTimeout: timeoutMs,
	});

	async function ask(
		request: Omit<XeroApiRequest, keyof GrantUse>,
		token: string,
	): Promise<XeroApiAnswer> {
		const { tenantId, method, path, headers, body, signal, timeoutMs: silence } = request;
		const isWhole = body === undefined || Buffer.isBuffer(body);
		try {
			const answer = await sendRequest(`${apiUrl}${path}`, {
				dispatcher,
				method,
				headers: {
					...headers,
					authorization: `Bearer ${token}`,
					...(tenantId !== undefined && { 'xero-tenant-id': tenantId }),
					...(!isWhole && { 'content-length': String(body.length) }),
				},
				body: isWhole ? (body ?? null) : body.open(),
				signal,
				...(silence !== undefined && { headersTimeout: silence, bodyTimeout: silence }),
			});
			const { statusCode: status, headers: told } = answer;
			const limitedBy = observedLimits({ status, headers: told }, 0).refusal?.limit;
			deps.onCall?.(apiOfPath(path), outcomeOfStatus(status), limitedBy);
			return { status, headers: told, body: answer.body };
		} catch (cause) {
			const fault = signal?.aborted ? cause : explainSilence(cause);
			deps.onCall?.(apiOfPath(path), outcomeOfFault(fault), undefined);
			throw fault;
		}
	}

	/** Holds the turn until the answer is whole, as Xero counts calls at a time. */
	async function askInTurn(
		request: XeroApiRequest,
		token: string,
		turn: Turn,
	): Promise<{ readonly answer: XeroApiAnswer; readonly limitedBy: LimitName | undefined }> {
		let answer: XeroApiAnswer;
		try {
			answer = await ask(request, token);
		} catch (cause) {
			turn.finish();
			throw cause;
		}
		answer.body.once('close', () => turn.finish());
		const observed = observedLimits(answer, random());
		await turn.learn(observed);
		return { answer, limitedBy: observed.refusal?.limit };
	}

	async function askPaced(
		request: XeroApiRequest & { readonly tenantId: string },
		{ token, clientId }: AccessToken,
		deadline: number,
	): Promise<XeroApiAnswer> {
		const enter = () =>
			pacer.enter({
				app: clientId,
				org: paceOrg(clientId, request.tenantId),
				flow: request.flow ?? '',
				isBackground: request.isBackground,
				deadline,
				signal: request.signal,
			});

		let turn = await enter();
		for (;;) {
			const { answer, limitedBy } = await askInTurn(request, token, turn);
			if (limitedBy === undefined || limitedBy === 'day') return answer;
			const refusal = await readAtMost(answer.body, MAX_REFUSAL_BYTES);
			try {
				turn = await enter();
			} catch (cause) {
				if (!(cause instanceof XeroRateLimitedError)) throw cause;
				return { ...answer, body: Readable.from([refusal], { objectMode: false }) };
			}
		}
	}

	return {
		async send(request) {
			const { grantId, workspaceId, tenantId, maxWaitMs = OWN_WAIT_MS } = request;
			const deadline = uptime() + maxWaitMs;
			const askOnce = (token: AccessToken) =>
				tenantId === undefined
					? ask(request, token.token)
					: askPaced({ ...request, tenantId }, token, deadline);

			const first = await vault.accessToken(grantId, { workspaceId });
			const answer = await askOnce(first);
			if (answer.status !== 401) return answer;

			const refusal = await readAtMost(answer.body, MAX_REFUSAL_BYTES);
			const { 'www-authenticate': challenge, 'content-encoding': encoding } = answer.headers;
			if (isRefusedScope(challenge, decodedText(refusal, encoding))) {
				return { ...answer, body: Readable.from([refusal], { objectMode: false }) };
			}
			const second = await vault.accessToken(grantId, {
				workspaceId,
				rejectedToken: first.token,
			});
			return askOnce(second);
		},
		sendAs: (accessToken, request) => ask(request, accessToken),
		close: () => dispatcher.close(),
	};
}

function outcomeOfFault(fault: unknown): CallOutcome {
	if (fault instanceof XeroTimeoutError) return 'timeout';
	return fault instanceof XeroConnectionFailedError ? 'unreachable' : 'cancelled';
}

/** Of Xero's limits, by `X-Rate-Limit-Problem`. */
export type LimitName = 'minute' | 'appminute' | 'concurrent' | 'day';

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
