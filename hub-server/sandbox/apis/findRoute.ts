import { matchPath } from '../http/matchPath';
import type { ApiResource, ApiRoute } from '../resource/ApiResource';

export interface RouteMatch {
	readonly route: ApiRoute;
	readonly scopes: readonly string[];
	readonly params: Readonly<Record<string, string>>;
}

/**
 * The route of one of the resources for a path below their API, or that the path exists with other
 * methods only.
 */
export function findRoute(
	among: readonly ApiResource[],
	method: string,
	path: string,
): RouteMatch | 'wrong method' | undefined {
	let pathExists = false;
	for (const resource of among) {
		for (const route of resource.routes) {
			const params = matchPath(route.path, path);
			if (params === undefined) continue;
			pathExists = true;
			if (route.method === method)
				return { route, scopes: route.scopes ?? resource.scopes, params };
		}
	}
	return pathExists ? 'wrong method' : undefined;
}
