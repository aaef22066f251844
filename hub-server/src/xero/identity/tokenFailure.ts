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

/** OAuth errors that mean "this app is not the one you think". */
const CLIENT_ERRORS: readonly string[] = ['invalid_client', 'unauthorized_client'];

/**
 * Tells apart what `oauth4webapi` threw.
 *
 * @param response Xero's answer, where there was one
 */
export function explainTokenFailure(cause: unknown, response: Response | undefined): TokenFailure {
	if (response === undefined) return { kind: 'unreachable', reason: describeNoAnswer(cause) };
	if (cause instanceof oauth.ResponseBodyError && response.status < 500) {
		const { error, error_description: description } = cause;
		if (error === 'invalid_grant') return { kind: 'invalid_grant' };
		if (CLIENT_ERRORS.includes(error)) return { kind: 'invalid_client' };
		return { kind: 'refused', reason: description ? `${error}: ${description}` : error };
	}
	// RFC 6749 §5.2 lets a server answer a wrong Basic header with 401 and a challenge.
	if (response.status === 401) return { kind: 'invalid_client' };
	return {
		kind: 'unreachable',
		reason: response.ok
			? `Xero's identity server gave an answer that cannot be used (${describe(cause)})`
			: `Xero's identity server answered ${response.status}`,
	};
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
