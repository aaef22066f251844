import type { SandboxRequest } from '../http/SandboxRequest';
import { ApiError } from '../resource/apiError';

export type Element = Readonly<Record<string, unknown>>;

/**
 * The elements of a PUT or POST: `{"Contacts":[…]}` with the key in any case, or one bare object.
 *
 * @throws ApiError PostDataInvalidException
 */
export function readElements(request: SandboxRequest, collection: string): readonly Element[] {
	const body = parseJson(request.body);
	const key = isObject(body)
		? Object.keys(body).find((name) => name.toLowerCase() === collection.toLowerCase())
		: undefined;
	const given = isObject(body) && key !== undefined ? body[key] : body;
	const elements = Array.isArray(given) ? given : [given];

	if (elements.length === 0 || !elements.every(isObject)) {
		throw new ApiError(
			'PostDataInvalidException',
			`The ${collection} to save could not be found in the request body.`,
		);
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
		throw new ApiError('PostDataInvalidException', 'JSON for post data was invalid');
	}
}
