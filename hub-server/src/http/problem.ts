import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { HubError } from '../errors/HubError';
import { NotFoundError } from '../errors/requestErrors';

/** RFC 9457 `application/problem+json` with the hub's stable `code` beside the standard members. */
export interface Problem {
	readonly type: 'about:blank';
	readonly title: string;
	readonly status: number;
	readonly detail: string;
	readonly code: string;
	/** What a refusal names besides, such as a quota and its limit. */
	readonly [member: string]: string | number;
}

export function sendProblem(response: Response, error: HubError): void {
	const problem: Problem = {
		type: 'about:blank',
		title: titleOf(error),
		status: error.status,
		detail: error.message,
		code: error.code,
		...error.members,
	};
	response.set(error.headers).status(error.status);
	response.type('application/problem+json').send(JSON.stringify(problem));
}

/** The last handler: what is not a HubError is our fault, logged whole and told in one sentence. */
export function createProblemHandler(onFault: (cause: unknown) => void): ErrorRequestHandler {
	return function problemHandler(cause: unknown, _request, response, next) {
		if (response.headersSent) {
			next(cause);
			return;
		}
		const error = asHubError(cause);
		if (error.status >= 500 && !(cause instanceof HubError)) onFault(cause);
		sendProblem(response, error);
	};
}

export const unknownRoute: RequestHandler = (request, _response, next) => {
	next(new NotFoundError(`There is nothing at ${request.method} ${request.path}.`));
};

function asHubError(cause: unknown): HubError {
	if (cause instanceof HubError) return cause;
	const { status, type } = (cause ?? {}) as { status?: unknown; type?: unknown };
	if (type === 'entity.too.large') return new BodyError(413, 'body_too_large', TOO_LARGE);
	if (typeof type === 'string' && status === 400) {
		return new BodyError(400, 'invalid_request', 'The body is not valid JSON.');
	}
	if (status === 400) return new BodyError(400, 'invalid_request', 'The URL cannot be decoded.');
	return new BodyError(500, 'internal', 'The hub could not do this. Its log says why.');
}

const TOO_LARGE = 'The body is larger than 1 MB.';

class BodyError extends HubError {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
	) {
		super(message);
	}
}

const TITLES: Readonly<Record<number, string>> = {
	400: 'Bad Request',
	401: 'Unauthorized',
	403: 'Forbidden',
	404: 'Not Found',
	409: 'Conflict',
	413: 'Content Too Large',
	429: 'Too Many Requests',
	500: 'Internal Server Error',
	502: 'Bad Gateway',
	503: 'Service Unavailable',
	504: 'Gateway Timeout',
};

function titleOf({ status }: HubError): string {
	return TITLES[status] ?? `HTTP ${status}`;
}
