import express, { Router, type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { requireAdmin, requireWorkspace, workspaceOf, type AuthenticateDeps } from './authenticate';
import { createProblemHandler, unknownRoute } from './problem';

export interface AppDeps {
	/** Addresses and networks; none: `X-Forwarded-…` is ignored. */
	readonly trustedProxies: readonly string[];
	readonly auth: AuthenticateDeps;
	readonly health: Router;
	/** `/openapi.json` and `/docs`. */
	readonly openApi: Router;
	/** `/connect/{slug}` and `/oauth/callback`, for browsers. */
	readonly connect: Router;
	/** `/api/v1/workspaces…`. */
	readonly workspaces: Router;
	/** `/api/v1/connections…`. */
	readonly connections: Router;
	/** `/api/v1/xero/{tenantId}/…`: bodies pass through unread. */
	readonly xeroProxy: Router;
	/** `/api/v1/subscriptions…`. */
	readonly subscriptions: Router;
	/** `/api/v1/events`, `/deliveries`, `/replays`. */
	readonly ledger: Router;
	/** Notes each change before it is answered. */
	readonly audit: RequestHandler;
	/** What people see, at every address that is not one of the above. */
	readonly portal: Router;
	onFault(cause: unknown): void;
}

/** Everything but the webhook route, which answers before Express sees the request. */
export function createApp(deps: AppDeps): Express {
	const app = express();
	app.disable('x-powered-by');
	app.disable('etag');
	app.set('trust proxy', [...deps.trustedProxies]);
	app.use(helmet({ strictTransportSecurity: false }));
	app.use(deps.health);
	app.use(deps.openApi);
	app.use(deps.connect);

	app.use('/api/v1', deps.audit);
	const json = express.json({ limit: '1mb' });
	app.use('/api/v1/workspaces', requireAdmin(deps.auth), json, deps.workspaces);

	const api = Router();
	api.use(requireWorkspace(deps.auth));
	api.get('/workspace', (_request, response) => {
		response.json(workspaceOf(response));
	});
	api.use('/xero', deps.xeroProxy);
	api.use(json);
	api.use('/connections', deps.connections);
	api.use('/subscriptions', deps.subscriptions);
	api.use(deps.ledger);
	app.use('/api/v1', api);
	app.use(deps.portal);

	app.use(unknownRoute);
	app.use(createProblemHandler((cause) => deps.onFault(cause)));
	return app;
}
