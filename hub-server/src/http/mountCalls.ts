import express, { Router, type RequestHandler } from 'express';
import type { Access, HttpCall } from './HttpCall';

/** What lets a caller pass, or refuses. */
export type Guards = Readonly<Record<Exclude<Access, 'public'>, RequestHandler>>;

/** The routes of the calls that Express answers. */
export function mountCalls(calls: readonly HttpCall[], guards: Guards): Router {
	const json = express.json({ limit: '1mb' });
	const routes = Router();
	for (const { method, path, access, readsJson, respond } of calls) {
		if (respond === undefined) continue;
		const before = access === 'public' ? [] : [guards[access]];
		routes[method](expressPath(path), ...before, ...(readsJson ? [json] : []), respond);
	}
	return routes;
}

/** `/xero/{tenantId}/{+path}` becomes `/xero/:tenantId/*path`. */
function expressPath(path: string): string {
	return path.replace(/\{\+(\w+)\}/g, '*$1').replace(/\{(\w+)\}/g, ':$1');
}
