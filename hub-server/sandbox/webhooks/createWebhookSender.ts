import type { SandboxContext } from '../context/SandboxContext';
import type { WebhookEvent, WebhookSettings } from '../world/World';
import { hearsOf } from './hearsOf';
import { intentToReceive, problemOf, type HandshakeCheck } from './intentToReceive';
import { buildPayload, signPayload, type Payload } from './payload';
import { postPayload } from './postPayload';
import { delayFactor, GIVE_UP_FACTOR } from './retrySchedule';

export interface SentWebhook {
	/** ISO, UTC. */
	readonly at: string;
	readonly clientId: string;
	readonly deliveryUrl: string;
	/** Null when no answer came. */
	readonly status: number | null;
	readonly ms: number;
	readonly problem: string | null;
	readonly events: readonly WebhookEvent[];
	/** Byte for byte; null of those that are older than the last hundred. */
	readonly body: string | null;
	/** `x-xero-signature` */
	readonly signature: string;
	/** Which time this payload was sent, counted from one. */
	readonly attempt: number;
}

export interface WebhookSender {
	/** Sets the delivery URL and runs the intent-to-receive handshake with it. */
	configure(
		clientId: string,
		deliveryUrl: string,
		categories: readonly string[],
	): Promise<HandshakeCheck[]>;
	/** Queues an event of an organisation for every app that is to hear of it. */
	raise(event: WebhookEvent): void;
	/** Sends a payload now, past queue and retries. */
	sendNow(
		clientId: string,
		events: readonly WebhookEvent[],
		signature: 'correct' | 'wrong',
	): Promise<SentWebhook>;
	/** Takes up what a former run of the sandbox left undelivered. */
	resume(): void;
	/** Looks at what is due again, after the clock was moved. */
	wake(): void;
	log(): readonly SentWebhook[];
	/** Stops timers and requests under way; undelivered events stay in the state. */
	close(): Promise<void>;
}

/** What an app's sending is doing right now; not kept over a restart. */
interface Lane {
	busy: Promise<void> | undefined;
	timer: NodeJS.Timeout | undefined;
	/** When to send next, on the sandbox's clock. */
	dueMs: number;
	/** Sent but not accepted: goes out again byte for byte. */
	retrying: Batch | undefined;
	failures: number;
}

interface Batch {
	readonly payload: Payload;
	/** How many pending events it stands for; they stay pending until it is accepted. */
	readonly taken: number;
}

/**
 * Sends webhooks as Xero does: one app after another URL, events in batches, in order; a payload that
 * is not accepted is retried at once and then ever more rarely for 24 hours, while later events wait;
 * after that the webhook is disabled and its events are kept until it is set up again.
 *
 * @see https://developer.xero.com/documentation/guides/webhooks/overview/
 */
export function createWebhookSender(context: SandboxContext): WebhookSender {
	const { world } = context;
	const lanes = new Map<string, Lane>();
	const abort = new AbortController();
	const sent: SentWebhook[] = [];

	function laneOf(clientId: string): Lane {
		const lane = lanes.get(clientId) ?? {
			busy: undefined,
			timer: undefined,
			dueMs: 0,
			retrying: undefined,
			failures: 0,
		};
		lanes.set(clientId, lane);
		return lane;
	}

	function update(clientId: string, changes: Partial<WebhookSettings>): void {
		const settings = world.webhooks.get(clientId);
		if (settings !== undefined) world.webhooks.set(clientId, { ...settings, ...changes });
		context.changed();
	}

	function schedule(clientId: string, delayMs: number): void {
		const lane = laneOf(clientId);
		lane.dueMs = context.now() + delayMs;
		arm(clientId, lane);
	}

	function arm(clientId: string, lane: Lane): void {
		clearTimeout(lane.timer);
		if (abort.signal.aborted) return;
		const waitMs = Math.min(Math.max(0, lane.dueMs - context.now()), LONGEST_TIMER_MS);
		lane.timer = setTimeout(() => run(clientId, lane), waitMs);
	}

	function run(clientId: string, lane: Lane): void {
		lane.timer = undefined;
		lane.busy ??= drain(clientId, lane).finally(() => {
			lane.busy = undefined;
			const settings = world.webhooks.get(clientId);
			if (lane.timer === undefined && settings !== undefined && isSending(settings))
				arm(clientId, lane);
		});
	}

	async function drain(clientId: string, lane: Lane): Promise<void> {
		for (;;) {
			const settings = world.webhooks.get(clientId);
			if (settings === undefined || !isSending(settings) || abort.signal.aborted) return;
			if (context.now() < lane.dueMs) return;

			const batch = lane.retrying ?? nextBatch(clientId, settings);
			const posted = await post(clientId, settings.deliveryUrl, batch.payload, lane.failures + 1);
			if (abort.signal.aborted) return;
			if (posted.problem === null) accepted(clientId, lane, batch);
			else refused(clientId, lane, batch);
		}
	}

	function nextBatch(clientId: string, settings: WebhookSettings): Batch {
		const { maxEvents, outOfOrder, repeatInPayload } = context.faults().webhooks;
		const taken = settings.pending.slice(0, maxEvents);
		const ordered = outOfOrder ? taken.toReversed() : taken;
		const events = repeatInPayload ? ordered.flatMap((event) => [event, event]) : ordered;
		const sequence = settings.sequence + events.length;
		update(clientId, { sequence });
		return { payload: buildPayload(events, sequence, context.random), taken: taken.length };
	}

	function accepted(clientId: string, lane: Lane, batch: Batch): void {
		const { deliveryUrl, pending } = world.webhooks.get(clientId) as WebhookSettings;
		lane.retrying = undefined;
		lane.failures = 0;
		pending.splice(0, batch.taken);
		update(clientId, { status: 'ok', failingSinceMs: undefined });
		if (context.faults().webhooks.duplicate) void post(clientId, deliveryUrl, batch.payload, 1);
	}

	function refused(clientId: string, lane: Lane, batch: Batch): void {
		const settings = world.webhooks.get(clientId) as WebhookSettings;
		const { retryMs } = context.faults().webhooks;
		const failingSinceMs = settings.failingSinceMs ?? context.now();
		lane.retrying = batch;
		lane.failures += 1;
		if (context.now() - failingSinceMs >= retryMs * GIVE_UP_FACTOR) {
			lane.retrying = undefined;
			lane.failures = 0;
			update(clientId, { status: 'disabled', failingSinceMs: undefined });
			return;
		}
		update(clientId, { status: 'retry', failingSinceMs });
		schedule(clientId, retryMs * delayFactor(lane.failures));
	}

	async function post(
		clientId: string,
		deliveryUrl: string,
		payload: Payload,
		attempt: number,
		spoil?: (text: string) => string,
	): Promise<SentWebhook> {
		const app = world.apps.get(clientId);
		const correct = signPayload(payload.body, app?.webhookKey ?? '');
		const signature = spoil?.(correct) ?? correct;
		const atMs = context.now();
		const posted = await postPayload(deliveryUrl, payload.body, signature, {
			timeoutMs: context.faults().webhooks.timeoutMs,
			signal: abort.signal,
		});
		const entry: SentWebhook = {
			at: new Date(atMs).toISOString(),
			clientId,
			deliveryUrl,
			status: posted.status ?? null,
			ms: posted.ms,
			problem: problemOf(posted, 200),
			events: payload.events,
			...{ body: payload.body, signature, attempt },
		};
		sent.push(entry);
		const older = sent.at(-KEPT_BODIES - 1);
		if (older !== undefined) sent[sent.length - KEPT_BODIES - 1] = { ...older, body: null };
		if (sent.length > KEPT_LOG * 1.1) sent.splice(0, sent.length - KEPT_LOG);
		return entry;
	}

	return {
		async configure(clientId, deliveryUrl, categories) {
			const key = world.apps.get(clientId)?.webhookKey ?? '';
			const before = world.webhooks.get(clientId);
			const lane = laneOf(clientId);
			lane.retrying = undefined;
			lane.failures = 0;
			world.webhooks.set(clientId, {
				deliveryUrl,
				categories,
				status: 'failed',
				sequence: before?.sequence ?? 0,
				pending: before?.pending ?? [],
				failingSinceMs: undefined,
			});

			const checks = await intentToReceive(key, context.random, (body, signature) =>
				postPayload(deliveryUrl, body, signature, {
					timeoutMs: context.faults().webhooks.timeoutMs,
					signal: abort.signal,
				}),
			);
			update(clientId, {
				status: checks.every(({ problem }) => problem === null) ? 'ok' : 'failed',
			});
			schedule(clientId, 0);
			return checks;
		},
		raise(event) {
			for (const [clientId, settings] of world.webhooks) {
				if (settings.status === 'none' || !settings.categories.includes(event.eventCategory))
					continue;
				if (!hearsOf(context, clientId, event.tenantId)) continue;
				settings.pending.push(event);
				const lane = laneOf(clientId);
				if (settings.status === 'ok' && lane.timer === undefined && lane.busy === undefined) {
					schedule(clientId, context.faults().webhooks.coalesceMs);
				}
			}
		},
		async sendNow(clientId, events, signature) {
			const settings = world.webhooks.get(clientId);
			if (settings === undefined) throw new Error(`App ${clientId} has no delivery URL`);
			const sequence = settings.sequence + events.length;
			update(clientId, { sequence });
			const payload = buildPayload(events, sequence, context.random);
			return post(
				clientId,
				settings.deliveryUrl,
				payload,
				1,
				signature === 'wrong' ? wrongInOneCharacter : undefined,
			);
		},
		resume() {
			for (const [clientId, settings] of world.webhooks) {
				if (isSending(settings)) schedule(clientId, 0);
			}
		},
		wake() {
			for (const [clientId, lane] of lanes) {
				if (lane.timer !== undefined) arm(clientId, lane);
			}
		},
		log: () => sent,
		async close() {
			abort.abort();
			for (const lane of lanes.values()) clearTimeout(lane.timer);
			for (const { busy } of lanes.values()) await busy;
		},
	};
}

const KEPT_LOG = 10_000;
const KEPT_BODIES = 100;
/** `setTimeout` cannot wait longer; the lane is looked at again then. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

function isSending(settings: WebhookSettings): boolean {
	return settings.status === 'retry' || (settings.status === 'ok' && settings.pending.length > 0);
}

function wrongInOneCharacter(signature: string): string {
	return `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
}
