import type { SandboxRequest } from '../http/SandboxRequest';
import { ApiError } from '../resource/apiError';

export type Element = Readonly<Record<string, unknown>>;

/**
 * The elements of a PUT or POST: `{"Contacts":[…]}` with the key in any case, or one bare object.
 *
 * @throws ApiError PostDataInvalidException or, without any element, NoDataProcessedException
 */
export function readElements(request: SandboxRequest, collection: string): readonly Element[] {
	if (request.body.length === 0) throw noData(collection);
	const body = parseJson(request.body);
	const key = isObject(body)
		? Object.keys(body).find((name) => name.toLowerCase() === collection.toLowerCase())
		: undefined;
	const given = isObject(body) && key !== undefined ? body[key] : body;
	const elements = Array.isArray(given) ? given : [given];

	if (elements.length === 0 || !elements.every(isObject)) {
		throw noData(collection);
	}
	return elements;
}

export function isObject(value: unknown): value is Element {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString());
	} catch {
		throw new ApiError('PostDataInvalidException', 'JSON request body could not be read');
	}
}

/** A body that is empty or holds nothing of the collection (xero-php-oauth2#165, #210). */
function noData(collection: string): ApiError {
	return new ApiError(
		'NoDataProcessedException',
		`No data has been processed for this endpoint. This endpoint is expecting ${collection} data to be specifed in the request body.`,
	);
}
