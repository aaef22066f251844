import { json, type Reply } from '../http/Reply';

const NUMBERS = {
	ValidationException: 10,
	QueryParseException: 16,
	PostDataInvalidException: 17,
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

export function apiErrorReply(
	type: ApiErrorType,
	message: string,
	elements?: readonly unknown[],
): Reply {
	return json(400, {
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
