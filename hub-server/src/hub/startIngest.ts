import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock, Uptime } from '../clock';
import type { Metrics } from '../http/metrics';
import type { Log } from '../Log';
import { createInbox } from '../webhooks/inbox';
import { startPayloadRouter } from '../webhooks/payloadRouter';
import { createReceiveWebhook } from '../webhooks/receiveWebhook';
import { createRoutePayloads } from '../webhooks/routePayloads';
import { createWebhookEndpoint } from '../webhooks/webhookEndpoint';
import { createWebhookKeyCache } from '../webhooks/webhookKeys';
import type { Ring } from '../work/Doorbell';
import type { Stores } from './openStores';

/** Xero's webhooks, from the socket to the deliveries that are due because of them. */
export interface Ingest {
	/** @returns whether the request was Xero's, and will be answered here */
	handle(request: IncomingMessage, response: ServerResponse): boolean;
	/** Resolves when what has been answered until now is routed, and after 2 s at the latest. */
	settled(): Promise<void>;
	/** Writes what was received, and routes no more. */
	stop(): Promise<void>;
}

export interface IngestDeps {
	readonly stores: Pick<Stores, 'database'> & {
		readonly appKeys: Pick<Stores['appKeys'], 'signingKeys'>;
	};
	readonly metrics: Pick<Metrics, 'payloadsCommitted' | 'eventsStored' | 'webhookAnswered'>;
	readonly log: Pick<Log, 'error'>;
	readonly now: Clock;
	readonly uptime: Uptime;
	/** 1 gives a commit per payload, for comparison in the benchmark. */
	readonly maxBatch?: number;
	/** Told of the deliveries that became due. */
	onDue(due: readonly Ring[]): void;
}

/** Routing follows an answer to Xero by milliseconds; who asks while there is a backlog waits so long. */
const SETTLE_MS = 2_000;

export function startIngest(deps: IngestDeps): Ingest {
	const { stores, metrics, log, now, uptime } = deps;
	const { db, engine } = stores.database;
	const inbox = createInbox({
		db,
		now,
		...(deps.maxBatch !== undefined && { maxBatch: deps.maxBatch }),
		onCommitted(payloads) {
			metrics.payloadsCommitted(payloads);
			router.wake();
		},
	});
	const router = startPayloadRouter({
		route: createRoutePayloads({ db, engine, now }),
		inbox,
		onRouted({ newEvents, due, faults }) {
			metrics.eventsStored(newEvents);
			deps.onDue(due);
			if (faults.length > 0) {
				log.error(
					{ faults },
					'Of what Xero sent something was put aside: an alert says what to do.',
				);
			}
		},
		onFault: (cause) =>
			log.error({ err: cause }, 'Routing failed; the payloads stay and it is tried again.'),
	});
	const handle = createWebhookEndpoint({
		receive: createReceiveWebhook({
			keys: createWebhookKeyCache(stores.appKeys, uptime),
			inbox,
			onFault: (text, cause) => log.error({ err: cause }, `Webhook: ${text}`),
		}),
		onAnswer: (status, ms) => metrics.webhookAnswered(status, ms),
	});
	return {
		handle,
		async settled() {
			// One workspace's backlog must not hold up what another asks.
			const rest = new AbortController();
			await Promise.race([
				router.settled(),
				delay(SETTLE_MS, undefined, { signal: rest.signal, ref: false }).catch(() => undefined),
			]);
			rest.abort();
		},
		async stop() {
			await inbox.idle();
			await router.stop();
		},
	};
}
