import { Router } from 'express';
import type { Metrics } from '../http/metrics';
import type { Doorbell } from '../work/Doorbell';

/** One thing that must work; its fault is for the operator. */
export interface ReadinessCheck {
	readonly name: 'disk' | 'database' | 'queue';
	/** @throws when it does not work */
	check(): Promise<void>;
}

/** `/healthz` the process answers · `/readyz` it can do its work · `/metrics` for Prometheus. */
export function createHealthRoutes(deps: {
	readonly checks: readonly ReadinessCheck[];
	readonly metrics: Metrics;
	/** Shown, and no condition: without Redis a hub still does all its work, a second later. */
	readonly doorbell: Pick<Doorbell, 'state'>;
	/** A hub that is stopping takes no new traffic. */
	isStopping(): boolean;
}): Router {
	const routes = Router();

	routes.get('/healthz', (_request, response) => {
		response.json({ status: 'ok' });
	});
	routes.get('/readyz', async (_request, response) => {
		const results = await Promise.all(deps.checks.map(run));
		const ready = !deps.isStopping() && results.every(({ ok }) => ok);
		const redis = deps.doorbell.state();
		response.status(ready ? 200 : 503).json({
			status: ready ? 'ready' : deps.isStopping() ? 'stopping' : 'not ready',
			checks: Object.fromEntries(results.map(({ name, ok, fault }) => [name, ok ? 'ok' : fault])),
			...(redis !== 'alone' && { redis }),
		});
	});
	routes.get('/metrics', async (_request, response) => {
		response.set('Content-Type', deps.metrics.contentType).send(await deps.metrics.render());
	});
	return routes;
}

async function run({ name, check }: ReadinessCheck) {
	try {
		await check();
		return { name, ok: true, fault: '' };
	} catch (cause) {
		return { name, ok: false, fault: cause instanceof Error ? cause.message : 'failed' };
	}
}
