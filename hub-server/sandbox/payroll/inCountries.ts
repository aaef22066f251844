import { empty, type Reply } from '../http/Reply';
import type { ApiCall, ApiRoute } from '../resource/ApiResource';
import type { Country } from '../world/World';

/** A route that refuses organisations of other countries as Xero refuses those without payroll. */
export function inCountries(
	countries: readonly Country[],
	path: string,
	handle: (call: ApiCall) => Reply,
): ApiRoute {
	return {
		method: 'GET',
		path,
		handle: (call) => (countries.includes(call.organisation.country) ? handle(call) : empty(403)),
	};
}
