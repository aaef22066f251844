import type { Router } from 'express';
import { createAccountRoutes } from '../../../hub-server/src/portal/pages/accountRoutes';
import { createAgencyRoutes } from '../../../hub-server/src/portal/pages/agencyRoutes';
import { createAuditRoutes } from '../../../hub-server/src/portal/pages/auditRoutes';
import { createDashboardRoutes } from '../../../hub-server/src/portal/pages/dashboardRoutes';
import { createMarkRoutes } from '../../../hub-server/src/portal/pages/markRoutes';
import { createPeopleRoutes } from '../../../hub-server/src/portal/pages/peopleRoutes';
import { createSecondFactorRoutes } from '../../../hub-server/src/portal/pages/secondFactorRoutes';
import { createWorkspacePages } from '../../../hub-server/src/portal/pages/workspacePages';

interface Layer {
	readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
	readonly handle: { readonly stack?: readonly Layer[] };
}

/** Every page behind the sign-in, such as `POST /w/:slug/connect`, as the routers have them. */
export function portalRoutes(): string[] {
	// Handlers that the pages put before their own must at least be there.
	const nothing = { confirmAnew: () => undefined } as never;
	return [
		...routesOf('', createDashboardRoutes(nothing)),
		...routesOf('', createAgencyRoutes(nothing)),
		...routesOf('', createMarkRoutes(nothing)),
		...routesOf('', createPeopleRoutes(nothing)),
		...routesOf('', createAccountRoutes(nothing)),
		...routesOf('', createSecondFactorRoutes(nothing)),
		...routesOf('', createAuditRoutes(nothing)),
		...routesOf('/w/:slug', createWorkspacePages(nothing, nothing, nothing)),
	].sort();
}

function routesOf(mount: string, router: Router): string[] {
	const list = (stack: readonly Layer[]): string[] =>
		stack.flatMap(({ route, handle }) =>
			route === undefined
				? list(handle.stack ?? [])
				: Object.keys(route.methods).map((method) => {
						const path = `${mount}${route.path}`.replace(/(.)\/$/, '$1');
						return `${method.toUpperCase()} ${path}`;
					}),
		);
	return list((router as unknown as Layer['handle']).stack ?? []);
}
