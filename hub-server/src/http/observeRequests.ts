import type { Request, RequestHandler } from 'express';
import type { Uptime } from '../clock';
import type { HttpCall } from './HttpCall';
import { expressPath } from './mountCalls';

/** `aborted`: whoever asked went away before the answer was out. */
export const STATUS_CLASSES = ['2xx', '3xx', '4xx', '5xx', 'aborted'] as const;
export type StatusClass = (typeof STATUS_CLASSES)[number];

/** @param route as the API's document has it, or `pages` for everything else: never what was asked for itself */
export type RequestAnswered = (route: string, status: StatusClass, ms: number) => void;

/** Tells how long each request took, until its answer was out. */
export function observeRequests(deps: {
	readonly calls: readonly Pick<HttpCall, 'path'>[];
	readonly uptime: Uptime;
	onAnswered: RequestAnswered;
}): RequestHandler {
	const routes = new Map(deps.calls.map(({ path }) => [expressPath(path), path]));
	return (request, response, next) => {
		const startedAt = deps.uptime();
		response.once('close', () => {
			const status = response.writableFinished ? classOf(response.statusCode) : 'aborted';
			const route = routes.get(pathOf(request)) ?? 'pages';
			deps.onAnswered(route, status, deps.uptime() - startedAt);
		});
		next();
	};
}

function pathOf(request: Request): string {
	const route = request.route as { readonly path?: unknown } | undefined;
	return typeof route?.path === 'string' ? route.path : '';
}

function classOf(status: number): StatusClass {
	if (status < 300) return '2xx';
	if (status < 400) return '3xx';
	return status < 500 ? '4xx' : '5xx';
}
