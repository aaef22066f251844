import type { ClaimedEvent, RecordLedger, RecordOutcome } from './recordLedger';
import type { ReadRecords } from '../records/readRecords';
import type { Ring } from '../work/Doorbell';
import { startRunLoop, type Next } from '../work/runLoop';
import { createSlots } from './slots';

export interface RecordReaderDeps {
	readonly ledger: RecordLedger;
	readonly readRecords: ReadRecords;
	/** Told of the deliveries that became due. */
	onReleased(due: readonly Ring[]): void;
	/** Why records will not be read: for the operator's log. */
	onUnavailable(reason: string, events: number): void;
	onFault(cause: unknown): void;
	readonly pollMs?: number;
}

/**
 * Seconds between reads of a record that Xero does not answer: 20 minutes in all, then the deliveries
 * go out without it rather than wait.
 */
const RECORD_RETRY_SECONDS = [1, 5, 30, 120, 300, 720] as const;

/** Of one organisation at a time: five requests where Xero takes ids, of 40 each. */
const CLAIM_LIMIT = 200;

/** Organisations whose records are read at the same time; one that Xero does not answer holds one. */
const ORGANISATIONS = 64;

/** Claimed at a time, so that what is claimed was chosen knowing what is under way. */
const BATCH = 8;

/** Twice the time that the slowest read can take. */
const LEASE_MS = 120_000;

/** Reads the records that deliveries wait for: events of one organisation and kind in one request. */
export interface RecordReader {
	/** Claims nothing more and waits for the reads under way. */
	stop(): Promise<void>;
}

export function startRecordReader(deps: RecordReaderDeps): RecordReader {
	const pollMs = deps.pollMs ?? 250;
	const slots = createSlots();
	const running = new Set<Promise<void>>();

	async function claimAndRead(): Promise<Next> {
		const free = ORGANISATIONS - slots.count();
		if (free <= 0) return 'rest';
		const claimed = await deps.ledger.claim({
			limit: CLAIM_LIMIT,
			leaseMs: LEASE_MS,
			slots: { free, limit: BATCH, inFlight: slots },
		});
		const organisations = Map.groupBy(
			claimed,
			({ workspaceId, tenantId }) => `${workspaceId} ${tenantId}`,
		);
		for (const [queueId, events] of organisations) {
			const task = readOrganisation(queueId, events).finally(() => {
				running.delete(task);
				loop.ring();
			});
			running.add(task);
		}
		return claimed.length > 0 ? 'again' : 'rest';
	}

	async function readOrganisation(queueId: string, events: readonly ClaimedEvent[]): Promise<void> {
		const [first] = events;
		if (!first) return;
		const holder = { workspaceId: first.workspaceId, queueId, bytes: 0 };
		slots.take(holder);
		try {
			const kinds = Map.groupBy(events, ({ category }) => category);
			await Promise.all([...kinds.values()].map(readGroup));
		} catch (cause) {
			deps.onFault(cause);
		} finally {
			slots.giveBack(holder);
		}
	}

	async function readGroup(events: readonly ClaimedEvent[]): Promise<void> {
		const [first] = events;
		if (!first) return;
		const result = await deps.readRecords({
			workspaceId: first.workspaceId,
			tenantId: first.tenantId,
			category: first.category,
			ids: [...new Set(events.map(({ resourceId }) => resourceId))],
		});
		const outcomes = events.map((event) => ({ event, outcome: outcomeOf(event, result) }));
		const due = await deps.ledger.finish(outcomes);
		deps.onReleased(due);

		const lost = outcomes.filter(({ outcome }) => outcome.kind === 'unavailable').length;
		if (lost > 0) deps.onUnavailable('reason' in result ? result.reason : 'Not found.', lost);
	}

	const loop = startRunLoop({
		take: claimAndRead,
		restMs: () => pollMs,
		onFault: (cause) => deps.onFault(cause),
	});
	return {
		async stop() {
			await loop.stop();
			await Promise.all(running);
		},
	};
}

function outcomeOf(event: ClaimedEvent, result: Awaited<ReturnType<ReadRecords>>): RecordOutcome {
	// A read that was cut short still brings what it had.
	const record = result.kind === 'impossible' ? undefined : result.records.get(event.resourceId);
	if (record) return { kind: 'ready', record };
	if (result.kind === 'read') return { kind: 'unavailable' };
	const seconds = RECORD_RETRY_SECONDS[event.attempt - 1];
	if (result.kind === 'impossible' || seconds === undefined) return { kind: 'unavailable' };
	return { kind: 'retry', delayMs: Math.max(result.afterMs, seconds * 1000) };
}
