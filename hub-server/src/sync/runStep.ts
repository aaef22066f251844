import type { Kysely } from 'kysely';
import type { Clock } from '../clock';
import type { Tables } from '../database/tables';
import { foundRecord } from '../records/FoundRecord';
import type { ReadRecords } from '../records/readRecords';
import { countStates, findStates, listStates, type RecordState } from '../records/recordStates';
import { countActiveWishes } from '../subscriptions/countActiveWishes';
import { overdueDaysAsked } from '../subscriptions/overdueDaysAsked';
import type { Ring } from '../work/Doorbell';
import { turnOfTheEventLoop } from '../work/turnOfTheEventLoop';
import type { XeroApi } from '../xero/api/xeroApi';
import { firstPosition } from './firstPosition';
import { isFullRead } from './isFullRead';
import { judgeFailure } from './judgeFailure';
import { stepThroughList, stepThroughPages } from './listWalk';
import { readCount, readList, type ListCall, type ReadPage } from './readList';
import { keepOverdueMarks } from './overdueMarks';
import type { StoreDeletions } from './storeDeletions';
import { ROWS_A_SLICE, StreamLostError, type StoreSlice } from './storeSlice';
import type { ClaimedStream, RunEnding, RunPosition } from './Stream';
import { beginNewEpoch, type CallCost, type StreamLedger } from './streamLedger';
import type { TellOverdue } from './tellOverdue';
import type { TimeZoneOf } from './timeZoneOf';

/**
 * Takes a claimed stream's run one call of Xero's further, and writes down where it is then: nothing that it
 * does is lost or told twice when it ends half-way. Never throws for what Xero does.
 */
export type RunStep = (claimed: ClaimedStream, stopped?: AbortSignal) => Promise<void>;

export interface RunStepDeps {
	readonly db: Kysely<Tables>;
	readonly ledger: Pick<StreamLedger, 'goOn' | 'wait' | 'end'>;
	readonly api: Pick<XeroApi, 'send'>;
	readonly readRecords: ReadRecords;
	readonly storeSlice: StoreSlice;
	readonly storeDeletions: StoreDeletions;
	readonly tellOverdue: TellOverdue;
	readonly timeZoneOf: TimeZoneOf;
	/** Told of the deliveries that became due. */
	onDue(due: readonly Ring[]): void;
	readonly now: Clock;
	/** Default: Xero's largest. */
	readonly pageSize?: number | undefined;
}

/** A full read that misses more than this part of what is known is not believed without being asked for. */
const MOST_GONE = 0.1;

/** So few may go in any case. */
const FEW_GONE = 10;

/** A full read that shows fewer of the records that Xero said there are is not believed; what goes meanwhile is less. */
const MOST_UNLISTED = 0.01;

/** Seconds before each further try of such a list. */
const BEGUN_ANEW_AFTER = [30, 60, 300, 900] as const;

/** States that are looked at between two turns of the event loop. */
const STATES_A_STEP = 500;

/** Looked up at Xero in one step: a request where Xero takes ids, else one for each. */
const LOOKED_UP = { bulk: 40, single: 10 } as const;

/** With fewer new records on a page it is not asked whether the organisation was reset. */
const NEW_IN_A_RESET = 20;

/** Known records that are asked for to find out. */
const ASKED_IN_A_RESET = 5;

export function createRunStep(deps: RunStepDeps): RunStep {
	const { db, ledger, api, readRecords, storeSlice, storeDeletions, now } = deps;
	const { tellOverdue, timeZoneOf } = deps;

	async function countStep(claimed: ClaimedStream, call: ListCall): Promise<void> {
		const { count, bytes } = await readCount(api, call);
		const missing =
			count === undefined ? undefined : count - (await countStates(db, claimed.states));
		await ledger.end(claimed, { isComplete: false, missing }, { calls: 1, bytes });
	}

	async function listStep(
		claimed: ClaimedStream,
		position: Extract<RunPosition, { phase: 'list' }>,
		call: ListCall,
	): Promise<void> {
		const { stream, run } = claimed;
		const read = await readList(api, call, position.at, deps.pageSize);
		const cost: CallCost = { calls: 1, bytes: read.bytes };
		const { knownStand = await knownStandStill(claimed, read) } = position;
		if (knownStand === false) return beginNewEpoch(db, stream, now());
		const size = await recordsASlice(claimed);
		for (let start = 0; start < read.records.length; start += size) {
			// Hashes take their time too: those of a slice, between two turns of the event loop.
			const slice = read.records
				.slice(start, start + size)
				.flatMap((record) => foundRecord(record, stream.entity, 'list') ?? []);
			const { due } = await storeSlice(claimed, slice);
			deps.onDue(due);
			await turnOfTheEventLoop();
		}
		const isPages = stream.entity.list === 'pages';
		const step = (isPages ? stepThroughPages : stepThroughList)(position.at, read.page);
		// Later pages count what is left of it.
		const total = position.total ?? (isFullRead(claimed) ? read.total : undefined);
		const listed = (position.listed ?? 0) + read.page.ids.length;
		if (!step.isOver) {
			const next = { ...position, at: step.next, total, listed, knownStand };
			return ledger.goOn(claimed, next, cost);
		}
		if (total !== undefined && listed < total - Math.max(FEW_GONE, total * MOST_UNLISTED)) {
			return beginAnew(claimed, position, unlisted(listed, total), cost);
		}

		if (isFullRead(claimed) && !run.isBaseline && !isPages) {
			const { mayDelete = false } = position;
			const since = step.since ?? null;
			return ledger.goOn(
				claimed,
				{ phase: 'countGone', after: '', gone: 0, mayDelete, since },
				cost,
			);
		}
		const sweptBytes = isFullRead(claimed) ? run.bytes + read.bytes : undefined;
		await finishRead(claimed, { since: step.since, isComplete: true, sweptBytes }, cost, call);
	}

	/** An index that is behind, or a list that was cut short: what it did not show would be told as new later. */
	async function beginAnew(
		claimed: ClaimedStream,
		{ begunAnew = 0, mayDelete }: Extract<RunPosition, { phase: 'list' }>,
		error: string,
		cost: CallCost,
	): Promise<void> {
		const seconds = BEGUN_ANEW_AFTER[begunAnew];
		if (seconds === undefined) {
			return ledger.end(claimed, { isComplete: false, error, beginsAnew: true }, cost);
		}
		const first = firstPosition(claimed.run.kind, claimed.stream);
		const position = { ...first, begunAnew: begunAnew + 1, ...(mayDelete && { mayDelete }) };
		const wait = { waitingFor: null, afterMs: seconds * 1_000, error, position };
		await ledger.wait(claimed, wait, cost);
	}

	/** What is told is an event and a delivery for each subscription besides the state. */
	async function recordsASlice({ run, stream }: ClaimedStream): Promise<number> {
		if (run.isBaseline && !stream.tellExisting) return ROWS_A_SLICE;
		const wishes = await countActiveWishes(db, [stream.workspaceId]);
		return Math.max(1, Math.floor(ROWS_A_SLICE / (2 + (wishes.get(stream.workspaceId) ?? 0))));
	}

	/**
	 * Where nothing on a page is known: whether what was known before is there all the same. Undefined where there
	 * is no reason to ask.
	 */
	async function knownStandStill({ stream, run, states }: ClaimedStream, { page }: ReadPage) {
		if (run.isBaseline || page.ids.length < NEW_IN_A_RESET) return undefined;
		if (stream.entity.list !== 'sized') return undefined;
		const ids = page.ids.slice(0, ROWS_A_SLICE);
		if ((await findStates(db, states, ids)).size > 0) return undefined;
		const asked = await listStates(db, states, { after: '', limit: ASKED_IN_A_RESET });
		if (asked.states.length < ASKED_IN_A_RESET) return undefined;
		const answer = await lookUp(stream, asked.states);
		return answer.kind === 'read' ? answer.records.size > 0 : undefined;
	}

	const lookUp = (
		{ workspaceId, tenantId, entity }: ClaimedStream['stream'],
		wanted: readonly RecordState[],
	) =>
		readRecords({
			workspaceId,
			tenantId,
			category: entity.category,
			ids: wanted.map(({ id }) => id),
		});

	async function goneStep(
		claimed: ClaimedStream,
		position: Extract<RunPosition, { phase: 'countGone' | 'deleteGone' }>,
		call: ListCall,
	): Promise<void> {
		const { stream, run } = claimed;
		const { entity } = stream;
		const isCounting = position.phase === 'countGone';
		const isAtomic = entity.list === 'whole' || entity.list === 'since';
		const most =
			isCounting || isAtomic
				? STATES_A_STEP
				: LOOKED_UP[entity.bulkQuery === undefined ? 'single' : 'bulk'];
		const missed: RecordState[] = [];
		let { after } = position;
		let next: string | undefined = after;
		while (next !== undefined && missed.length < most) {
			const listed = await listStates(db, claimed.states, { after, limit: STATES_A_STEP });
			const room = most - missed.length;
			const unseen = listed.states
				.filter((state) => isGone(state, run))
				.slice(0, isCounting ? undefined : room);
			missed.push(...unseen);
			const isCut = !isCounting && unseen.length === room;
			next = isCut ? unseen.at(-1)?.id : listed.next;
			after = next ?? after;
			if (isCounting) break;
			await turnOfTheEventLoop();
		}

		if (isCounting) {
			const gone = position.gone + missed.length;
			if (next !== undefined) return ledger.goOn(claimed, { ...position, after, gone }, NO_COST);
			const known = await countStates(db, claimed.states);
			// Nobody looks such a record up once more: an answer that is empty by mistake would be all there is to go by.
			const isEmptied = isAtomic && known > 1 && gone === known;
			const isMuch = isEmptied || gone > Math.max(FEW_GONE, known * MOST_GONE);
			if (!position.mayDelete && isMuch) {
				return ledger.end(
					claimed,
					{ isComplete: false, missing: -gone, error: held(gone, known), isHeld: true },
					NO_COST,
				);
			}
			return ledger.goOn(claimed, { ...position, phase: 'deleteGone', after: '', gone }, NO_COST);
		}

		let calls = 0;
		let gone: readonly RecordState[] = missed;
		if (missed.length > 0 && !isAtomic) {
			// A record that changed a moment ago can be away from the list for some seconds.
			const answer = await lookUp(stream, missed);
			calls = entity.bulkQuery === undefined ? missed.length : 1;
			if (answer.kind === 'impossible') {
				return ledger.end(
					claimed,
					{ isComplete: false, error: answer.reason },
					{ calls, bytes: 0 },
				);
			}
			if (answer.kind === 'retry') {
				const { afterMs, reason: error } = answer;
				return ledger.wait(
					claimed,
					{ waitingFor: 'minute', afterMs: Math.max(afterMs, 5_000), error },
					{ calls, bytes: 0 },
				);
			}
			gone = missed.filter(({ id }) => !answer.records.has(id.toLowerCase()));
		}
		for (let start = 0; start < gone.length; start += ROWS_A_SLICE) {
			const { due } = await storeDeletions(claimed, gone.slice(start, start + ROWS_A_SLICE));
			deps.onDue(due);
			await turnOfTheEventLoop();
		}
		const cost = { calls, bytes: 0 };
		if (next !== undefined) return ledger.goOn(claimed, { ...position, after }, cost);
		const { since } = position;
		await finishRead(
			claimed,
			{ ...(since !== null && { since }), isComplete: true, sweptBytes: run.bytes, missing: 0 },
			cost,
			call,
		);
	}

	/**
	 * What is overdue is looked for when everything was read: what was paid on the last day does not count, and
	 * nothing is told of an organisation that cannot be read.
	 */
	async function finishRead(
		claimed: ClaimedStream,
		ending: RunEnding,
		cost: CallCost,
		call: ListCall,
	): Promise<void> {
		const { stream, run, repair } = claimed;
		// A repair reads of one window only; the stream tells what is overdue.
		const isOfWindow = repair !== undefined;
		if (run.isBaseline || isOfWindow || stream.entity.category !== 'INVOICE') {
			return ledger.end(claimed, ending, cost);
		}
		const first = { phase: 'overdue' as const, at: now(), days: 0, after: '', ending };
		await overdueStep(claimed, first, call, cost);
	}

	/** Looks for what is overdue until a slice of it was told. */
	async function overdueStep(
		claimed: ClaimedStream,
		position: Extract<RunPosition, { phase: 'overdue' }>,
		call: ListCall,
		cost: CallCost = NO_COST,
	): Promise<void> {
		const { stream } = claimed;
		const asked = await overdueDaysAsked(db, stream);
		const left = asked.filter(({ days }) => days >= position.days);
		let { calls } = cost;
		if (left.length > 0) {
			const organisation = await timeZoneOf(claimed, call);
			calls += organisation.calls;
			const { zone } = organisation;
			const limit = await recordsASlice(claimed);
			for (const { days, since } of left) {
				const after = days === position.days ? position.after : '';
				const slice = { days, since, at: position.at, zone, after, limit };
				const { due, next } = await tellOverdue(claimed, slice);
				deps.onDue(due);
				if (next !== undefined) {
					return ledger.goOn(claimed, { ...position, days, after: next }, { ...cost, calls });
				}
				await turnOfTheEventLoop();
			}
		}
		await keepOverdueMarks(
			db,
			stream.id,
			asked.map(({ days }) => days),
		);
		await ledger.end(claimed, position.ending, { ...cost, calls });
	}

	return async function runStep(claimed, stopped) {
		const { stream, run, position, grantId } = claimed;
		const { workspaceId, tenantId, entity } = stream;
		const call: ListCall = { grantId, workspaceId, tenantId, entity, signal: stopped };
		try {
			if (run.kind === 'count') await countStep(claimed, call);
			else if (position.phase === 'list') await listStep(claimed, position, call);
			else if (position.phase === 'overdue') await overdueStep(claimed, position, call);
			else await goneStep(claimed, position, call);
		} catch (cause) {
			if (cause instanceof StreamLostError) return;
			// Stopping: whoever goes on later begins with the page that is not stored.
			if (stopped?.aborted === true) return ledger.goOn(claimed, position, NO_COST);
			const failed = judgeFailure(cause, stream.failures, entity.scope);
			if (failed.kind === 'wait') await ledger.wait(claimed, failed, ONE_CALL);
			else await ledger.end(claimed, { isComplete: false, error: failed.error }, ONE_CALL);
		}
	};
}

const NO_COST: CallCost = { calls: 0, bytes: 0 };

const ONE_CALL: CallCost = { calls: 1, bytes: 0 };

/** One that a webhook told meanwhile is there. */
function isGone({ sweptIn, seenAt }: RecordState, run: ClaimedStream['run']): boolean {
	return sweptIn !== run.id && seenAt < run.startedAt;
}

function unlisted(listed: number, total: number): string {
	return (
		`Xero said that there are ${total} records, and its list ended after ${listed}. It is read again from its ` +
		'beginning, and nothing is concluded from what was missing.'
	);
}

function held(gone: number, known: number): string {
	return (
		`Of ${known} known records ${gone} are not in Xero's list any more. So many are not taken for deleted ` +
		'without being asked: look at Xero, and run the sweep again with confirmDeletes where they are gone.'
	);
}
