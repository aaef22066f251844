import { json, type Reply } from '../http/Reply';

/** 14, 17 and 20: as reported (xero-php-oauth2#205, #165; pyxero's recorded answers); the others: Xero's pages. */
const NUMBERS = {
	ValidationException: 10,
	PostDataInvalidException: 14,
	QueryParseException: 16,
	NoDataProcessedException: 17,
	ApiMethodNotImplementedException: 20,
	HighVolumeException: 51,
} as const;

export type ApiErrorType = keyof typeof NUMBERS;

/** A refusal of the whole request. Thrown by a route, answered by the Accounting API's front. */
export class ApiError extends Error {
	constructor(
		readonly type: ApiErrorType,
		message: string,
	) {
		super(message);
	}
}

/** A record that the request names and that is not there: the whole request is a 404. */
export class UnknownRecordError extends Error {}

/** A parameter of the query that cannot be read: the whole request is a 400 of HTML (xero-php#670). */
export class UnreadableParameterError extends Error {
	constructor(name: string) {
		super(`Supplied parameter '${name}' cannot be parsed.`);
	}
}

export function apiErrorReply(
	type: ApiErrorType,
	message: string,
	elements?: readonly unknown[],
): Reply {
	return json(type === 'ApiMethodNotImplementedException' ? 501 : 400, {
		ErrorNumber: NUMBERS[type],
		Type: type,
		Message: message,
		...(elements !== undefined && { Elements: elements }),
	});
}

/** Xero's 404 has no JSON. */
export function notFound(): Reply {
	return {
		status: 404,
		headers: { 'content-type': 'text/html; charset=utf-8' },
		body: "The resource you're looking for cannot be found",
	};
}
