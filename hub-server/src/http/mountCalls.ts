import express, { Router, type RequestHandler } from 'express';
import { MethodNotAllowedError } from '../errors/requestErrors';
import { requireNeeds } from './authenticate';
import type { Access, HttpCall } from './HttpCall';

/** What lets a caller pass, or refuses. */
export type Guards = Readonly<Record<Exclude<Access, 'public'>, RequestHandler>>;

/** The routes of the calls that Express answers. */
export function mountCalls(calls: readonly HttpCall[], guards: Guards): Router {
	const json = express.json({ limit: USUAL_BYTES });
	const routes = Router();
	const passedOn = new Map<string, Set<string>>();
	for (const { method, path, access, needs, readsJson, mostBytes, oneOf, respond } of calls) {
		if (respond === undefined) continue;
		if (access === 'workspace' && needs === undefined) {
			throw new Error(`${method} ${path} does not say what it needs of a key.`);
		}
		const before = [
			...(access === 'public' ? [] : [guards[access]]),
			...(needs === undefined ? [] : [requireNeeds(needs)]),
			...(oneOf === undefined ? [] : [onlyOneOf(oneOf)]),
		];
		if (path.includes('{+')) {
			passedOn.set(path, (passedOn.get(path) ?? new Set()).add(method.toUpperCase()));
			before.unshift(onlyThis(method));
		}
		const readers =
			mostBytes === undefined
				? [json]
				: [
						express.json({ limit: mostBytes }),
						express.text({ type: 'text/csv', limit: mostBytes }),
					];
		routes[method](expressPath(path), ...before, ...(readsJson ? readers : []), respond);
	}
	for (const [path, known] of passedOn) {
		routes.all(expressPath(path), guards.workspace, () => {
			throw new MethodNotAllowedError([...known]);
		});
	}
	return routes;
}

function onlyOneOf(oneOf: Readonly<Record<string, readonly string[]>>): RequestHandler {
	return ({ params }, _response, next) => {
		const isMeant = Object.entries(oneOf).every(([name, values]) =>
			values.includes(String(params[name])),
		);
		if (isMeant) next();
		else next('route');
	};
}

const USUAL_BYTES = 1024 * 1024;

/** Express answers HEAD where GET is known; the calls to Xero would pass it on. */
function onlyThis(method: string): RequestHandler {
	return (request, _response, next) =>
		request.method.toLowerCase() === method ? next() : next('route');
}

/** `/xero/{tenantId}/{+path}` becomes `/xero/:tenantId/*path`. */
export function expressPath(path: string): string {
	return path.replace(/\{\+(\w+)\}/g, '*$1').replace(/\{(\w+)\}/g, ':$1');
}
