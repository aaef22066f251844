import type { SandboxRequest } from '../http/SandboxRequest';
import { isObject, type Element } from '../writing/readElements';

/** The object that was sent; an empty one where it is no JSON. */
export function bodyOf(request: SandboxRequest): Element {
	try {
		const body: unknown = JSON.parse(request.body.toString());
		return isObject(body) ? body : {};
	} catch {
		return {};
	}
}
