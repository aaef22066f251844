import { HubError } from './HubError';

/** What the caller sent cannot be used. */
export class InvalidRequestError extends HubError {
	readonly code = 'invalid_request';
	readonly status = 400;
}

/** What the caller sent has members that this version of the hub does not know, so they would do nothing. */
export class UnknownMemberError extends HubError {
	readonly code = 'unknown_member';
	readonly status = 400;
}

/** Fields of what the caller sent cannot be used; a form shows each sentence at its field. */
export class InvalidFieldsError extends InvalidRequestError {
	constructor(readonly faults: readonly FieldFault[]) {
		super(faults.map(({ field, message }) => `${field}: ${message}`).join('; '));
	}
}

export interface FieldFault {
	readonly field: string;
	/** Completes the field's name, as in "name: may have 200 characters at most". */
	readonly message: string;
}

/** No key, an unknown key or a revoked key. */
export class UnauthenticatedError extends HubError {
	readonly code = 'unauthenticated';
	readonly status = 401;
	override readonly headers = { 'WWW-Authenticate': 'Bearer' };
}

/** A good key that may not do this. */
export class ForbiddenError extends HubError {
	readonly code = 'forbidden';
	readonly status = 403;
}

/** Nothing here, or nothing that this key may see. */
export class NotFoundError extends HubError {
	readonly code = 'not_found';
	readonly status = 404;
}

/** Something is here, and this method means nothing to it. */
export class MethodNotAllowedError extends HubError {
	readonly code = 'method_not_allowed';
	readonly status = 405;
	override readonly headers: Readonly<Record<string, string>>;

	/** @param methods that it takes */
	constructor(methods: readonly string[]) {
		super(`This takes ${methods.join(', ')}.`);
		this.headers = { Allow: methods.join(', ') };
	}
}

/** It exists already, or its state does not allow this. */
export class ConflictError extends HubError {
	readonly code = 'conflict';
	readonly status = 409;
}

/** The Idempotency-Key came with another request before. */
export class IdempotencyKeyUsedError extends HubError {
	readonly code = 'idempotency_key_used';
	readonly status = 422;

	constructor() {
		super(
			'This Idempotency-Key came with another request within the last 24 hours. Send the same request, or ' +
				'another key.',
		);
	}
}

/** The workspace has as much as it may have. */
export class QuotaReachedError extends HubError {
	readonly code = 'quota_reached';
	readonly status = 429;
	override readonly members: Readonly<Record<string, string | number>>;

	/** @param quota as `PATCH /workspaces/{slug}` names it */
	constructor(
		readonly quota: string,
		readonly limit: number,
	) {
		super(
			`The workspace has reached its quota "${quota}" of ${limit}. Remove what is not needed any more, or ` +
				'wait until what is under way has ended; the operator of the hub raises the quota.',
		);
		this.members = { quota, limit };
	}
}

/** More calls than one caller may make. */
export class TooManyRequestsError extends HubError {
	readonly code = 'rate_limited';
	readonly status = 429;
	override readonly headers: Readonly<Record<string, string>>;

	constructor(
		reason: string,
		readonly retryAfterSeconds: number,
	) {
		super(`${reason}. Try again in ${retryAfterSeconds} s.`);
		this.headers = { 'Retry-After': String(retryAfterSeconds) };
	}
}
