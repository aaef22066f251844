import { z } from 'zod';
import { answerWith, defineCall, defineRawCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import type { Metrics } from '../http/metrics';
import type { Doorbell } from '../work/Doorbell';

/** One thing that must work; its fault is for the operator. */
export interface ReadinessCheck {
	readonly name: 'disk' | 'database' | 'queue';
	/** @throws when it does not work */
	check(): Promise<void>;
}

export interface HealthCallsDeps {
	readonly readinessChecks: readonly ReadinessCheck[];
	readonly metrics: Pick<Metrics, 'render' | 'contentType'>;
	/** Shown, and no condition: without Redis a hub still does all its work, a second later. */
	readonly doorbell: Pick<Doorbell, 'state'>;
	/** A hub that is stopping takes no new traffic. */
	isStopping(): boolean;
}

const ReadinessAnswer = z.object({
	status: z.string(),
	checks: z.record(z.string(), z.string()),
	redis: z.enum(['up', 'away']).optional().describe('Where REDIS_URL is set; no condition'),
});

/** `/healthz` the process answers · `/readyz` it can do its work · `/metrics` for Prometheus. */
export function createHealthCalls(deps: HealthCallsDeps) {
	return groupCalls('The hub itself', [
		defineCall({
			method: 'get',
			path: '/healthz',
			access: 'public',
			summary: 'Whether the process answers',
			status: 200,
			answer: z.object({ status: z.literal('ok') }),
			handle: async () => ({ status: 'ok' }),
		}),
		defineCall({
			method: 'get',
			path: '/readyz',
			access: 'public',
			summary: 'Whether disk, database and queue work',
			status: 200,
			answer: ReadinessAnswer,
			alsoAnswers: { 503: { when: 'Not ready, and why', answer: ReadinessAnswer } },
			async handle() {
				const results = await Promise.all(deps.readinessChecks.map(run));
				const checks = Object.fromEntries(
					results.map(({ name, ok, fault }) => [name, ok ? 'ok' : fault]),
				);
				const doorbell = deps.doorbell.state();
				const shown = { checks, ...(doorbell !== 'alone' && { redis: doorbell }) };
				if (deps.isStopping()) return answerWith(503, { status: 'stopping', ...shown });
				return results.every(({ ok }) => ok)
					? { status: 'ready', ...shown }
					: answerWith(503, { status: 'not ready', ...shown });
			},
		}),
		defineRawCall({
			method: 'get',
			path: '/metrics',
			access: 'public',
			summary: 'Prometheus metrics, without names and ids',
			status: 200,
			answer: 'text/plain',
			async respond(_request, response) {
				response.set('Content-Type', deps.metrics.contentType).send(await deps.metrics.render());
			},
		}),
	]);
}

async function run({ name, check }: ReadinessCheck) {
	try {
		await check();
		return { name, ok: true, fault: '' };
	} catch (cause) {
		return { name, ok: false, fault: cause instanceof Error ? cause.message : 'failed' };
	}
}
