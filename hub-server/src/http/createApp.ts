import express, { type Express, type Router } from 'express';
import helmet from 'helmet';
import { requireAdmin, requireWorkspace, type AuthenticateDeps } from './authenticate';
import type { Uptime } from '../clock';
import type { HttpCall } from './HttpCall';
import { mountCalls } from './mountCalls';
import { observeRequests, type RequestAnswered } from './observeRequests';
import { createProblemHandler, unknownRoute } from './problem';

export interface AppDeps {
	/** Where browsers find the hub: over https, they are told to stay there. */
	readonly publicUrl: string;
	/** Addresses and networks; none: `X-Forwarded-…` is ignored. */
	readonly trustedProxies: readonly string[];
	readonly auth: AuthenticateDeps;
	readonly calls: readonly HttpCall[];
	/** `/openapi.json` and `/docs`. */
	readonly docs: Router;
	/** What people see, at every address that is not one of the above. */
	readonly portal: Router;
	readonly uptime: Uptime;
	onFault(cause: unknown): void;
	onAnswered: RequestAnswered;
}

const YEAR_S = 31_536_000;

/** Everything but the webhook route, which answers before Express sees the request. */
export function createApp(deps: AppDeps): Express {
	const guards = { admin: requireAdmin(deps.auth), workspace: requireWorkspace(deps.auth) };
	const app = express();
	app.use(observeRequests(deps));
	app.disable('x-powered-by');
	app.disable('etag');
	app.set('trust proxy', [...deps.trustedProxies]);
	// Without sub-domains: those are not the hub's.
	const stays = deps.publicUrl.startsWith('https:') && { maxAge: YEAR_S, includeSubDomains: false };
	app.use(helmet({ strictTransportSecurity: stays }));
	app.use(mountCalls(deps.calls, guards));
	// Without a key nobody is told which addresses are none.
	app.use('/api/v1/workspaces', guards.admin);
	app.use('/api/v1', guards.workspace);
	app.use(deps.docs);
	app.use(deps.portal);

	app.use(unknownRoute);
	app.use(createProblemHandler((cause) => deps.onFault(cause)));
	return app;
}
