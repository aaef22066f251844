import express, { Router, type RequestHandler } from 'express';
import { MethodNotAllowedError } from '../errors/requestErrors';
import type { Access, HttpCall } from './HttpCall';

/** What lets a caller pass, or refuses. */
export type Guards = Readonly<Record<Exclude<Access, 'public'>, RequestHandler>>;

/** The routes of the calls that Express answers. */
export function mountCalls(calls: readonly HttpCall[], guards: Guards): Router {
	const json = express.json({ limit: '1mb' });
	const routes = Router();
	const methods = new Map<string, Set<string>>();
	for (const { method, path, access, readsJson, respond } of calls) {
		if (respond === undefined) continue;
		const before = access === 'public' ? [] : [guards[access]];
		if (access === 'workspace') {
			const known = methods.get(path) ?? new Set();
			methods.set(path, known.add(method.toUpperCase()));
		}
		if (access === 'workspace') before.unshift(onlyThis(method));
		routes[method](expressPath(path), ...before, ...(readsJson ? [json] : []), respond);
	}
	for (const [path, known] of methods) {
		routes.all(expressPath(path), guards.workspace, () => {
			throw new MethodNotAllowedError([...known]);
		});
	}
	return routes;
}

/** Express answers HEAD where GET is known; the calls to Xero would pass it on. */
function onlyThis(method: string): RequestHandler {
	return (request, _response, next) =>
		request.method.toLowerCase() === method ? next() : next('route');
}

/** `/xero/{tenantId}/{+path}` becomes `/xero/:tenantId/*path`. */
function expressPath(path: string): string {
	return path.replace(/\{\+(\w+)\}/g, '*$1').replace(/\{(\w+)\}/g, ':$1');
}
