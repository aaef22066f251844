import express, { Router, type RequestHandler } from 'express';
import type { Access, HttpCall } from './HttpCall';

/** What lets a caller pass, or refuses. */
export type Guards = Readonly<Record<Exclude<Access, 'public'>, RequestHandler>>;

/** The routes of the calls that Express answers. */
export function mountCalls(calls: readonly HttpCall[], guards: Guards): Router {
	const json = express.json({ limit: USUAL_BYTES });
	const routes = Router();
	for (const { method, path, access, readsJson, mostBytes, respond } of calls) {
		if (respond === undefined) continue;
		const before = access === 'public' ? [] : [guards[access]];
		const readers =
			mostBytes === undefined
				? [json]
				: [
						express.json({ limit: mostBytes }),
						express.text({ type: 'text/csv', limit: mostBytes }),
					];
		routes[method](expressPath(path), ...before, ...(readsJson ? readers : []), respond);
	}
	return routes;
}

const USUAL_BYTES = 1024 * 1024;

/** `/xero/{tenantId}/{+path}` becomes `/xero/:tenantId/*path`. */
function expressPath(path: string): string {
	return path.replace(/\{\+(\w+)\}/g, '*$1').replace(/\{(\w+)\}/g, ':$1');
}
