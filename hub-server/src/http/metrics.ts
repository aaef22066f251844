import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { AlertLedger } from '../alerts/alertLedger';
import { ALERT_KINDS } from '../alerts/alertTitle';
import type { DeliveryStatus, GapKind } from '../database/tables';
import type { DeliveryCounts } from '../relay/deliveryCounts';
import type { ReadKept } from '../events/keptUsage';
import type { ReadLedgerSize } from '../retention/ledgerSize';
import type { Doorbell } from '../work/Doorbell';
import {
	CALL_OUTCOMES,
	XERO_APIS,
	type CallOutcome,
	type XeroApiName,
} from '../xero/api/callOutcome';
import type { LimitName } from '../xero/api/xeroApi';
import type { TokenOutcome } from '../xero/identity/xeroIdentity';
import type { DayCallsLeft } from '../xero/pacing/dayCallsLeft';
import { STATUS_CLASSES, type RequestAnswered } from './observeRequests';

/**
 * What the hub counts; `/metrics` shows it to Prometheus. No label holds a name or an id. What can be counted stands there with 0 from
 * the start: an alert on a line that is missing would never ring.
 */
export interface Metrics {
	webhookAnswered(status: number, ms: number): void;
	payloadsCommitted(count: number): void;
	eventsStored(count: number): void;
	deliveryAttempted(outcome: string, ms: number): void;
	/** How long a call to Xero waited for its turn. */
	xeroCallWaited(ms: number): void;
	/** A call that was sent to Xero. */
	xeroCalled(api: XeroApiName, outcome: CallOutcome, limitedBy: LimitName | undefined): void;
	/** Xero was asked for a new token. */
	tokenAsked(outcome: TokenOutcome['kind']): void;
	/** A request to the API or a page; webhooks of Xero's are counted by themselves. */
	httpAnswered: RequestAnswered;
	/** Times in which webhooks of organisations may have been missed. */
	gapsFound(kind: GapKind, count: number): void;
	/** What the purge deleted. */
	rowsPurged(kind: string, rows: number): void;
	/** Prometheus text. */
	render(): Promise<string>;
	readonly contentType: string;
}

/** Seconds; Xero gives up at 5. */
const ACK_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3, 5];

const STATUSES: readonly DeliveryStatus[] = [
	'waiting',
	'pending',
	'delivered',
	'dead',
	'filtered',
	'cancelled',
];
const VERDICTS = ['delivered', 'filtered', 'retry', 'dead', 'aborted', 'gone'] as const;
const GAPS: readonly GapKind[] = ['sequence', 'silence', 'disabled', 'outage'];
const LIMITS: readonly LimitName[] = ['minute', 'appminute', 'concurrent', 'day'];
const TOKEN_OUTCOMES: readonly TokenOutcome['kind'][] = [
	'tokens',
	'invalid_grant',
	'invalid_client',
	'refused',
	'unreachable',
];

export function createMetrics(deps: {
	readonly deliveryCounts: Pick<DeliveryCounts, 'byStatus'>;
	readonly alerts: Pick<AlertLedger, 'openEverywhere'>;
	readonly doorbell: Pick<Doorbell, 'state'>;
	/** How long the oldest payload waits to be routed, in milliseconds; 0 when none does. */
	readonly unroutedMs: () => Promise<number>;
	/** How long the oldest delivery that is to be pulled is due, in milliseconds; 0 when none is. */
	readonly unpulledMs: () => Promise<number>;
	/** How long the oldest delivery that could go out is due, in milliseconds; 0 when none is. */
	readonly overdueMs: () => Promise<number>;
	readonly dayCallsLeft: () => Promise<DayCallsLeft>;
	readonly version: string;
	readonly readLedgerSize: ReadLedgerSize;
	readonly readKept: ReadKept;
}): Metrics {
	const registry = new Registry();
	const registers = [registry];
	collectDefaultMetrics({ register: registry });

	const answers = new Histogram({
		name: 'xero_hub_webhook_answer_seconds',
		help: "Time to answer Xero's webhooks, by status",
		labelNames: ['status'],
		buckets: ACK_BUCKETS,
		registers,
	});
	const batches = new Histogram({
		name: 'xero_hub_commit_payloads',
		help: 'Payloads that shared one durable commit',
		buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
		registers,
	});
	const events = new Counter({
		name: 'xero_hub_events_total',
		help: 'Events stored, each counted once however often Xero sent it',
		registers,
	});
	const attempts = new Histogram({
		name: 'xero_hub_delivery_attempt_seconds',
		help: 'Time of delivery attempts, by outcome',
		labelNames: ['outcome'],
		buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 20],
		registers,
	});
	const waits = new Histogram({
		name: 'xero_hub_xero_wait_seconds',
		help: "How long calls to Xero waited for their turn within Xero's limits",
		buckets: [0.001, 0.01, 0.1, 1, 5, 20, 60, 75],
		registers,
	});
	let asked: Promise<DayCallsLeft> | undefined;
	/** One look for both lines of a page. */
	const dayCalls = () => (asked ??= deps.dayCallsLeft().finally(() => (asked = undefined)));
	const calls = new Counter({
		name: 'xero_hub_xero_calls_total',
		help: 'Calls that were sent to Xero, by its API and what became of them',
		labelNames: ['api', 'outcome'],
		registers,
	});
	const limited = new Counter({
		name: 'xero_hub_xero_limited_total',
		help: 'Calls that Xero refused with 429, by the limit',
		labelNames: ['limit'],
		registers,
	});
	const tokens = new Counter({
		name: 'xero_hub_token_refreshes_total',
		help: 'How often Xero was asked for a new token, by what it answered',
		labelNames: ['outcome'],
		registers,
	});
	const answered = new Histogram({
		name: 'xero_hub_http_request_seconds',
		help: 'Time of requests to the API, by its route, and of pages; webhooks of Xero have their own',
		labelNames: ['route', 'status'],
		buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 30],
		registers,
	});
	new Gauge({
		name: 'xero_hub_build_info',
		help: 'Always 1; the labels say what runs',
		labelNames: ['version', 'node'],
		registers,
	}).set({ version: deps.version, node: process.version }, 1);
	new Gauge({
		name: 'xero_hub_fewest_day_calls_left',
		help: 'Calls that Xero leaves today to the organisation that has fewest; no line while it has told of none',
		registers,
		async collect() {
			const { fewest } = await dayCalls();
			if (fewest === undefined) this.remove();
			else this.set(fewest);
		},
	});
	new Gauge({
		name: 'xero_hub_organisations_without_day_calls',
		help: 'Organisations whose calls of the day are used up',
		registers,
		async collect() {
			this.set((await dayCalls()).spent);
		},
	});
	new Gauge({
		name: 'xero_hub_oldest_due_delivery_seconds',
		help: 'How long the oldest delivery that could go out waits for its turn; 0 when none does',
		registers,
		async collect() {
			this.set((await deps.overdueMs()) / 1000);
		},
	});
	new Gauge({
		name: 'xero_hub_deliveries',
		help: 'Deliveries in the ledger, by status',
		labelNames: ['status'],
		registers,
		async collect() {
			const counts = await deps.deliveryCounts.byStatus();
			for (const status of STATUSES) this.set({ status }, counts.get(status) ?? 0);
		},
	});
	new Gauge({
		name: 'xero_hub_alerts_open',
		help: 'Troubles that a person must end, by kind',
		labelNames: ['kind'],
		registers,
		async collect() {
			this.reset();
			for (const kind of ALERT_KINDS) this.set({ kind }, 0);
			for (const { kind } of await deps.alerts.openEverywhere()) this.inc({ kind });
		},
	});
	new Gauge({
		name: 'xero_hub_oldest_unrouted_payload_seconds',
		help: 'How long the oldest payload that Xero sent waits to become events; 0 when none waits',
		registers,
		async collect() {
			this.set((await deps.unroutedMs()) / 1000);
		},
	});
	new Gauge({
		name: 'xero_hub_oldest_unpulled_delivery_seconds',
		help: 'How long the oldest delivery that a workflow is to pull waits for that; 0 when none waits',
		registers,
		async collect() {
			this.set((await deps.unpulledMs()) / 1000);
		},
	});
	const purged = new Counter({
		name: 'xero_hub_purged_rows_total',
		help: 'Rows that were older than they are kept and were deleted, by kind',
		labelNames: ['kind'],
		registers,
	});
	new Gauge({
		name: 'xero_hub_ledger_bytes',
		help: 'What the ledger takes on its disk; part "free" is used again before it grows (SQLite)',
		labelNames: ['part'],
		registers,
		async collect() {
			const { total, free } = await deps.readLedgerSize();
			this.set({ part: 'total' }, total);
			if (free !== undefined) this.set({ part: 'free' }, free);
		},
	});
	new Gauge({
		name: 'xero_hub_kept',
		help: 'What is kept of all workspaces: events, and the bytes of them and their records',
		labelNames: ['what'],
		registers,
		async collect() {
			const { events, bytes } = await deps.readKept();
			this.set({ what: 'events' }, events);
			this.set({ what: 'bytes' }, bytes);
		},
	});
	const gaps = new Counter({
		name: 'xero_hub_gaps_total',
		help: 'Times in which webhooks of an organisation may have been missed, by what told of them',
		labelNames: ['kind'],
		registers,
	});
	if (deps.doorbell.state() !== 'alone') {
		new Gauge({
			name: 'xero_hub_redis_up',
			help: 'Whether the hubs ring each other through Redis; at 0 deliveries wait for the next look',
			registers,
			collect() {
				this.set(deps.doorbell.state() === 'up' ? 1 : 0);
			},
		});
	}

	for (const api of XERO_APIS) for (const outcome of CALL_OUTCOMES) calls.inc({ api, outcome }, 0);
	for (const limit of LIMITS) limited.inc({ limit }, 0);
	for (const outcome of TOKEN_OUTCOMES) tokens.inc({ outcome }, 0);
	for (const kind of GAPS) gaps.inc({ kind }, 0);
	for (const outcome of VERDICTS) attempts.zero({ outcome });
	for (const status of ['200', '401']) answers.zero({ status });
	for (const status of STATUS_CLASSES) answered.zero({ route: 'pages', status });

	return {
		xeroCalled(api, outcome, limitedBy) {
			calls.inc({ api, outcome });
			if (limitedBy !== undefined) limited.inc({ limit: limitedBy });
		},
		tokenAsked: (outcome) => tokens.inc({ outcome }),
		httpAnswered: (route, status, ms) => answered.observe({ route, status }, ms / 1000),
		webhookAnswered: (status, ms) => answers.observe({ status: String(status) }, ms / 1000),
		payloadsCommitted: (count) => batches.observe(count),
		eventsStored: (count) => events.inc(count),
		deliveryAttempted: (outcome, ms) => attempts.observe({ outcome }, ms / 1000),
		xeroCallWaited: (ms) => waits.observe(ms / 1000),
		gapsFound: (kind, count) => gaps.inc({ kind }, count),
		rowsPurged: (kind, rows) => purged.inc({ kind }, rows),
		render: () => registry.metrics(),
		contentType: registry.contentType,
	};
}
