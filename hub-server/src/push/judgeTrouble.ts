import { isLedgerFault } from '../database/isLedgerFault';
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

/** What becomes of a push that Xero did not let go on. */
export type Trouble =
	| {
			readonly kind: 'wait';
			/** Null: Xero is in trouble, and it is tried again. */
			readonly waitingFor: SyncWait | null;
			readonly afterMs: number;
			readonly error: string;
	  }
	/** Waiting does not help: what is open of the turn fails. */
	| { readonly kind: 'fail'; readonly error: string; readonly nextStep: string };

/** Seconds between tries while Xero is in trouble; the last for as long as it takes. */
const RETRY_SECONDS = [5, 30, 120, 300, 600] as const;

/** A person may reconnect at any time. */
const REAUTH_MS = 15 * 60_000;

/** A record at which the hub itself fails ends after so many tries, so that it holds up no other. */
const HUB_TRIES = 6;

/**
 * @param failures how often in a row the push could not go on
 * @param onFault told of what is no fault of Xero's
 * @throws the cause where the ledger is at fault: the lease runs out
 */
export function judgeTrouble(
	cause: unknown,
	failures: number,
	onFault: (cause: unknown) => void,
): Trouble {
	if (!(cause instanceof HubError)) {
		if (isLedgerFault(cause)) throw cause;
		onFault(cause);
		return failures < HUB_TRIES
			? { kind: 'wait', waitingFor: null, afterMs: 30_000, error: HUB_FAILED }
			: {
					kind: 'fail',
					error: HUB_FAILED,
					nextStep: 'Tell the operator of the hub; its log says more.',
				};
	}
	const error = cause.message;
	const isLimited =
		cause instanceof XeroRateLimitedError ||
		(cause instanceof XeroUnreachableError && cause.limit !== undefined);
	if (isLimited) {
		const waitingFor = cause.limit === 'day' ? 'day_budget' : 'minute';
		return { kind: 'wait', waitingFor, afterMs: cause.retryAfterSeconds * 1000, error };
	}
	const needsPerson =
		cause instanceof ReauthRequiredError ||
		cause instanceof AppKeysRefusedError ||
		cause instanceof AppKeysMissingError;
	if (needsPerson) return { kind: 'wait', waitingFor: 'reauth', afterMs: REAUTH_MS, error };
	if (cause instanceof XeroRefusedError && cause.closed === 'organisation') {
		return { kind: 'wait', waitingFor: 'reauth', afterMs: REAUTH_MS, error: SHUT_OUT };
	}
	if (cause instanceof XeroRefusedError && cause.closed === 'scope') {
		return { kind: 'fail', error, nextStep: MISSING_SCOPE };
	}
	const isTrouble =
		cause instanceof XeroUnreachableError ||
		cause instanceof XeroConnectionFailedError ||
		cause instanceof XeroTimeoutError;
	if (!isTrouble) return { kind: 'fail', error, nextStep: 'Look at what Xero says, then retry.' };
	const seconds = RETRY_SECONDS[failures] ?? RETRY_SECONDS.at(-1) ?? 0;
	const told = cause instanceof XeroUnreachableError ? cause.retryAfterSeconds : 0;
	return { kind: 'wait', waitingFor: null, afterMs: Math.max(seconds, told) * 1000, error };
}

const HUB_FAILED = 'The hub failed at this record.';

const MISSING_SCOPE =
	'The connection lacks a permission for these records. Add its scope to the app keys of the workspace, connect ' +
	'the organisation again, then retry.';

const SHUT_OUT =
	'Xero does not let this app into the organisation any more: it was disconnected in Xero, or whoever connected it ' +
	'has no access now. Connect it again, and the push goes on.';
