import { HubError } from './HubError';

const REPEAT_WITH_CARE =
	'A write may have been carried out: repeat it with the same Idempotency-Key, or look first.';

/** The consent is of no use any more: no retry helps, a person must consent again. */
export class ReauthRequiredError extends HubError {
	readonly code = 'reauth_required';
	readonly status = 409;
	/** Not Xero ended the consent: nobody on this hub has the keys of its app any more. */
	readonly keysLost: boolean;

	/** @param connectLink where to send that person */
	constructor(connectLink: string, { keysLost = false } = {}) {
		super(
			keysLost
				? 'This organisation was connected through a Xero app whose keys were replaced by those of ' +
						`another app. Open ${connectLink} and choose the organisation again, or save the keys ` +
						'of the earlier app.'
				: `Xero has ended the hub's access to this organisation. Open ${connectLink} and choose the ` +
						'organisation again to reconnect it.',
		);
		this.keysLost = keysLost;
	}
}

/** Xero refused the workspace's client id or secret. */
export class AppKeysRefusedError extends HubError {
	readonly code = 'app_keys_refused';
	readonly status = 409;

	constructor(options?: ErrorOptions) {
		super(
			"Xero does not accept this workspace's client id and secret. Copy both again from your app at " +
				'https://developer.xero.com/app/manage and save them as app keys.',
			options,
		);
	}
}

/** The workspace has no app keys yet. */
export class AppKeysMissingError extends HubError {
	readonly code = 'app_keys_missing';
	readonly status = 409;

	constructor() {
		super(
			'This workspace has no Xero app keys yet. Create an app at https://developer.xero.com/app/manage ' +
				'and save its client id and secret as app keys.',
		);
	}
}

/** The app may connect no more organisations. */
export class ConnectionCapError extends HubError {
	readonly code = 'connection_cap';
	readonly status = 409;

	/** @param tier of Xero's pricing, or the number of connections */
	constructor(tier: string, cap: number, options?: ErrorOptions) {
		const named = /^\d+$/.test(tier) ? '' : ` on its tier "${tier}"`;
		const used =
			cap === 1
				? `1 connection${named}, and it is used`
				: `${cap} connections${named}, and all are used`;
		super(
			`The Xero app may have ${used}. Disconnect an organisation ` +
				'that is not needed, or raise the tier at https://developer.xero.com/app/manage and save it ' +
				'with the app keys.',
			options,
		);
	}
}

/** Saved by an older hub, or by hand: how many organisations it allows is not known. */
export class UnknownTierError extends HubError {
	readonly code = 'unknown_tier';
	readonly status = 409;

	constructor(tier: string, options?: ErrorOptions) {
		super(
			`"${tier}", which is saved as the tier of the Xero app, is none of Xero's. Choose the tier and ` +
				'save the app keys again.',
			options,
		);
	}
}

/** Xero could not be reached or did not work; nothing was changed and trying again is right. */
export class XeroUnreachableError extends HubError {
	readonly code = 'xero_unreachable';
	readonly status = 503;
	override readonly headers: Readonly<Record<string, string>>;

	/** Which of Xero's limits it said was used up; absent where that was not the reason. */
	readonly limit: 'concurrent' | 'minute' | 'day' | undefined;

	constructor(
		reason: string,
		readonly retryAfterSeconds: number = 5,
		{ limit, ...options }: ErrorOptions & Partial<Pick<XeroUnreachableError, 'limit'>> = {},
	) {
		super(`${reason}. Try again in ${retryAfterSeconds} s.`, options);
		this.limit = limit;
		this.headers = { 'Retry-After': String(retryAfterSeconds) };
	}
}

/** One of Xero's limits for the organisation is used up; nothing was sent. */
export class XeroRateLimitedError extends HubError {
	readonly code = 'xero_rate_limited';
	readonly status = 429;
	override readonly headers: Readonly<Record<string, string>>;

	/** @param retryAfterSeconds for `day` it can be many hours: not to be waited for */
	constructor(
		readonly limit: 'minute' | 'appminute' | 'concurrent' | 'day',
		readonly retryAfterSeconds: number,
		options?: ErrorOptions,
	) {
		super(
			`Xero's ${LIMIT_NAMES[limit]} is used up by all its ${limit === 'appminute' ? 'organisations' : 'workflows'} together. ` +
				`Nothing was sent. It can go on ${whenIn(retryAfterSeconds)}.`,
			options,
		);
		// The name is Xero's own, so that a client treats both refusals alike.
		this.headers = { 'Retry-After': String(retryAfterSeconds), 'X-Rate-Limit-Problem': limit };
	}
}

const LIMIT_NAMES = {
	minute: 'minute limit for this organisation',
	appminute: 'minute limit for the app',
	concurrent: 'limit of calls at a time for this organisation',
	day: 'daily limit for this organisation',
} as const;

function whenIn(seconds: number): string {
	if (seconds < 120) return `in ${seconds} s`;
	const minutes = Math.ceil(seconds / 60);
	return minutes < 120
		? `in ${minutes} minutes`
		: `in ${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The connection to Xero's API failed before an answer came. */
export class XeroConnectionFailedError extends HubError {
	readonly code = 'xero_connection_failed';
	readonly status = 502;

	constructor(
		/** Whether Xero may have seen the request. */
		readonly wasSent: boolean,
		options?: ErrorOptions,
	) {
		super(
			wasSent
				? `The connection to Xero broke before it answered. ${REPEAT_WITH_CARE}`
				: 'Xero could not be reached; nothing was sent. Try again.',
			options,
		);
	}
}

/** Xero took too long to begin its answer. */
export class XeroTimeoutError extends HubError {
	readonly code = 'xero_timeout';
	readonly status = 504;

	constructor(options?: ErrorOptions) {
		super(`Xero did not answer in time. ${REPEAT_WITH_CARE}`, options);
	}
}

/** Xero answered, and not with what the hub had asked for. */
export class XeroRefusedError extends HubError {
	readonly code = 'xero_refused';
	readonly status = 502;

	/** What is not allowed at all, however it is asked for; undefined where it is about this request. */
	readonly closed: 'scope' | 'organisation' | undefined;

	/** @param reason in Xero's own words */
	constructor(
		reason: string,
		{ closed, ...options }: ErrorOptions & Partial<Pick<XeroRefusedError, 'closed'>> = {},
	) {
		super(`Xero refused: ${reason}`, options);
		this.closed = closed;
	}
}

/** The organisation is switched off in the hub. */
export class ConnectionDisabledError extends HubError {
	readonly code = 'connection_disabled';
	readonly status = 403;

	constructor(name: string) {
		super(`${name} is disabled in this workspace. Enable its connection to use it.`);
	}
}

/** What automation may write into the organisation does not hold this call; nothing was sent. */
export class WriteNotAllowedError extends HubError {
	readonly code = 'write_not_allowed';
	readonly status = 403;
}
