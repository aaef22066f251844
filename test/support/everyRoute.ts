import type { Router } from 'express';
import { createDocsRoutes } from '../../hub-server/src/api/docs/createDocsRoutes';
import { createHubCalls } from '../../hub-server/src/api/hubCalls';
import { createApp } from '../../hub-server/src/http/createApp';
import { createPortal } from '../../hub-server/src/portal/createPortal';

export interface AppRoute {
	/** Such as `POST /w/:slug/connect`. */
	readonly name: string;
	/** Whoever does it proves anew who they are. */
	readonly confirmsAnew: boolean;
}

/** Express's own bookkeeping. */
interface Layer {
	readonly name: string;
	readonly rawPath?: unknown;
	readonly route?: {
		readonly path: unknown;
		readonly methods: Readonly<Record<string, boolean>>;
		readonly stack: readonly { readonly name: string }[];
	};
	readonly handle: { readonly stack?: readonly Layer[] };
}

/** Asked for nothing before a request comes. */
const nothing: never = new Proxy({}, { get: () => undefined }) as never;

/** Every page, form and file of the portal, OpenID Connect's too, in the order in which they are tried. */
export function portalRoutes(): readonly AppRoute[] {
	return unique(routesOf('', createPortalRouter()));
}

/** Everything that the hub's Express answers, calls of programs too. */
export function everyRoute(): readonly AppRoute[] {
	const app = createApp({
		publicUrl: 'https://hub.example',
		trustedProxies: [],
		auth: nothing,
		calls: createHubCalls(nothing),
		docs: createDocsRoutes(nothing),
		portal: createPortalRouter(),
		uptime: () => 0,
		onFault: () => undefined,
		onAnswered: () => undefined,
	});
	return unique(routesOf('', app.router));
}

function createPortalRouter(): Router {
	const deps = {
		publicUrl: 'https://hub.example',
		oidc: { issuer: 'https://people.example', clientId: 'x', clientSecret: 'x', name: 'People' },
		requiresSecondFactor: true,
		takesPasswords: true,
	};
	return createPortal(deps as never).routes;
}

function routesOf(mount: string, router: Router): AppRoute[] {
	const list = (at: string, stack: readonly Layer[]): AppRoute[] =>
		stack.flatMap(({ route, handle, rawPath }) => {
			if (route === undefined) {
				if (handle.stack === undefined) return [];
				if (typeof rawPath !== 'string') throw new Error(`A router without a path, at ${at}.`);
				return list(rawPath === '/' ? at : at + rawPath, handle.stack);
			}
			// What reads every form has no address of its own.
			if (route.path instanceof RegExp) return [];
			const confirmsAnew = route.stack.some(({ name }) =>
				['confirmAnew', 'confirmFirst'].includes(name),
			);
			const path = `${at}${String(route.path)}`.replace(/(.)\/$/, '$1');
			return Object.keys(route.methods).map((method) => ({
				name: `${method.toUpperCase()} ${path}`,
				confirmsAnew,
			}));
		});
	return list(mount, (router as unknown as Layer['handle']).stack ?? []);
}

/** Some are looked at twice: before and after it is known who asks. */
function unique(routes: readonly AppRoute[]): readonly AppRoute[] {
	const all = new Map<string, AppRoute>();
	for (const one of routes) {
		const confirmsAnew = one.confirmsAnew || all.get(one.name)?.confirmsAnew === true;
		all.set(one.name, { ...one, confirmsAnew });
	}
	return [...all.values()];
}
