import { HubError } from '../errors/HubError';
import {
	AppKeysMissingError,
	AppKeysRefusedError,
	ReauthRequiredError,
	XeroConnectionFailedError,
	XeroRateLimitedError,
	XeroRefusedError,
	XeroTimeoutError,
	XeroUnreachableError,
} from '../errors/xeroErrors';
import type { SyncWait } from '../database/tables';
import { RepeatedPageError } from './listWalk';

/** What becomes of a run that Xero did not answer as it was asked to. */
export type FailedStep =
	| {
			readonly kind: 'wait';
			/** Null: Xero is in trouble, and it is tried again. */
			readonly waitingFor: SyncWait | null;
			readonly afterMs: number;
			readonly error: string;
	  }
	| { readonly kind: 'end'; readonly error: string };

/** Seconds between tries while Xero is in trouble: 40 minutes in all. */
const RETRY_SECONDS = [5, 30, 120, 300, 600, 600, 720] as const;

/** A person may reconnect at any time. */
const REAUTH_MS = 15 * 60_000;

/**
 * @param failures how often it was tried again already
 * @param scope what the list needs the user's consent for
 * @throws the cause where it is none of Xero's
 */
export function judgeFailure(cause: unknown, failures: number, scope: string): FailedStep {
	if (cause instanceof RepeatedPageError) {
		return { kind: 'end', error: 'Xero gave the same page of the list again and again.' };
	}
	if (!(cause instanceof HubError)) throw cause;
	const error = cause.message;
	const isLimited =
		cause instanceof XeroRateLimitedError ||
		(cause instanceof XeroUnreachableError && cause.limit !== undefined);
	if (isLimited) {
		const waitingFor = cause.limit === 'day' ? 'day_budget' : 'minute';
		return { kind: 'wait', waitingFor, afterMs: cause.retryAfterSeconds * 1000, error };
	}
	if (
		cause instanceof ReauthRequiredError ||
		cause instanceof AppKeysRefusedError ||
		cause instanceof AppKeysMissingError
	) {
		return { kind: 'wait', waitingFor: 'reauth', afterMs: REAUTH_MS, error };
	}
	if (cause instanceof XeroRefusedError && cause.closed === 'scope') {
		return { kind: 'end', error: lacks(scope) };
	}
	if (cause instanceof XeroRefusedError && cause.closed === 'organisation') {
		return { kind: 'wait', waitingFor: 'reauth', afterMs: REAUTH_MS, error: SHUT_OUT };
	}
	const isTrouble =
		cause instanceof XeroUnreachableError ||
		cause instanceof XeroConnectionFailedError ||
		cause instanceof XeroTimeoutError;
	const seconds = RETRY_SECONDS[failures];
	if (!isTrouble || seconds === undefined) return { kind: 'end', error };
	const told = cause instanceof XeroUnreachableError ? cause.retryAfterSeconds : 0;
	return { kind: 'wait', waitingFor: null, afterMs: Math.max(seconds, told) * 1000, error };
}

function lacks(scope: string): string {
	return (
		`Xero does not let this app read the list: the connection lacks the scope ${scope}. Add it to the app keys of ` +
		'the workspace, and connect the organisation again: a connection keeps the scopes that it was made with.'
	);
}

const SHUT_OUT =
	'Xero does not let this app into the organisation any more: it was disconnected in Xero, or whoever connected it ' +
	'has no access now. Connect it again.';
