import * as oauth from 'oauth4webapi';

/** Why a call to the identity server gave no tokens. Each asks for something else to be done. */
export type TokenFailure =
	/** The code or refresh token is used up, too old or unknown: a person must consent again. */
	| { readonly kind: 'invalid_grant' }
	/** Client id or secret are wrong: an admin must save the right ones. */
	| { readonly kind: 'invalid_client' }
	/** Another OAuth error, in Xero's words. */
	| { readonly kind: 'refused'; readonly reason: string }
	/** No answer, a 5xx, a page instead of JSON: whether Xero acted is not known. Try again. */
	| { readonly kind: 'unreachable'; readonly reason: string };

/** What was answered, where something was. */
export interface TokenAnswer {
	readonly status: number;
	/** As far as it could be read. */
	readonly text: string;
}

/** OAuth errors that mean "this app is not the one you think". */
const CLIENT_ERRORS: readonly string[] = ['invalid_client', 'unauthorized_client'];

/** OAuth errors that pass (RFC 6749 §4.1.2.1; some servers say them here too). */
const PASSING_ERRORS: readonly string[] = ['temporarily_unavailable', 'server_error', 'slow_down'];

/**
 * Tells apart what `oauth4webapi` threw. Only an OAuth error in JSON is Xero's refusal: a proxy or a
 * firewall between us and Xero says 401 and 403 too, with a page or a challenge, and that passes.
 */
export function explainTokenFailure(cause: unknown, answer: TokenAnswer | undefined): TokenFailure {
	if (answer === undefined) return { kind: 'unreachable', reason: describeNoAnswer(cause) };
	const { status } = answer;
	const refusal = status >= 400 && status < 500 ? readRefusal(answer.text) : undefined;
	if (refusal === undefined || PASSING_ERRORS.includes(refusal.error)) {
		return {
			kind: 'unreachable',
			reason:
				status >= 200 && status < 300
					? `Xero's identity server gave an answer that cannot be used (${describe(cause)})`
					: `Xero's identity server answered ${status}${refusal ? ` (${refusal.error})` : ''}`,
		};
	}
	const { error, description } = refusal;
	if (error === 'invalid_grant') return { kind: 'invalid_grant' };
	if (CLIENT_ERRORS.includes(error)) return { kind: 'invalid_client' };
	return { kind: 'refused', reason: description ? `${error}: ${description}` : error };
}

/** The body of RFC 6749 §5.2; undefined when it is something else. */
function readRefusal(text: string) {
	try {
		const body = JSON.parse(text) as {
			readonly error?: unknown;
			readonly error_description?: unknown;
		} | null;
		if (typeof body?.error !== 'string') return undefined;
		const { error, error_description: description } = body;
		return { error, description: typeof description === 'string' ? description : undefined };
	} catch {
		return undefined;
	}
}

/** `fetch` wraps what the socket said; an abort for time carries its name. */
function describeNoAnswer(thrown: unknown): string {
	const { name, cause } = thrown as { readonly name?: unknown; readonly cause?: unknown };
	if (name === 'TimeoutError') return "Xero's identity server did not answer in time";
	const { code } = (cause ?? {}) as { readonly code?: unknown };
	return `Xero's identity server could not be reached${typeof code === 'string' ? ` (${code})` : ''}`;
}

/** The library's messages name what was wrong; a JSON parser's would quote the body. */
function describe(cause: unknown): string {
	return cause instanceof oauth.OperationProcessingError ? cause.message : 'not readable as JSON';
}
