import { createHubCalls } from '../../hub-server/src/api/hubCalls';
import type { HttpCall } from '../../hub-server/src/http/HttpCall';
import { documentedPath } from '../../hub-server/src/http/openapi/createOpenApiDocument';

/** A call with its path as the documentation has it. */
export type DocumentedCall = Pick<
	HttpCall,
	'method' | 'path' | 'oneOf' | 'access' | 'needs' | 'audit' | 'respond'
>;

/** Every call of the hub; its dependencies are only asked in a request. */
export const hubCalls: readonly DocumentedCall[] = createHubCalls({} as never).map((call) => ({
	...call,
	path: documentedPath(call),
}));
