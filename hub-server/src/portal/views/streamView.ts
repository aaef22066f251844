import type { XeroEntity } from '../../records/xeroEntities';
import type { DayPlan } from '../../sync/dayPlans';
import type { RunProgress } from '../../sync/runProgress';
import type { SyncRun } from '../../sync/Stream';
import type { StreamWithRun } from '../../sync/streamStore';
import { textOf } from '../show/texts';
import { entityWords } from './entityWords';
import { intervalWords, momentWords, progressWords, scheduleWords } from './syncWords';

type Tone = 'good' | 'info' | 'warn' | 'bad' | '';

/** How a stream stands, in one word and, where that is not enough, in a sentence with what to do next. */
export interface StreamStanding {
	readonly tone: Tone;
	readonly word: string;
	readonly sentence?: string | undefined;
	/** Where a person can mend it: the page of the organisations. */
	readonly needsReconnect?: boolean | undefined;
}

/** A stream as its page shows it. */
export interface StreamView {
	readonly id: string;
	readonly entity: string;
	readonly label: string;
	readonly enabled: boolean;
	/** Whether a run is under way, if only waiting. */
	readonly isRunning: boolean;
	/** Whether something happens now. */
	readonly isBusy: boolean;
	readonly schedule: string;
	/** Why it runs less often than it was asked to. */
	readonly stretched: { readonly to: string; readonly why: string } | undefined;
	readonly standing: StreamStanding;
	readonly progress: (RunProgress & { readonly words: string }) | undefined;
	readonly lastRun:
		{ readonly at: number; readonly words: string; readonly cost: string } | undefined;
	readonly nextRun: { readonly at: number; readonly words: string } | undefined;
	/** Records that are known and not deleted. */
	readonly records: number;
	readonly counts: { readonly tone: Tone; readonly words: string; readonly at: number | undefined };
	/** What a full read misses and a person has to say is gone. */
	readonly held: { readonly gone: number; readonly at: number } | undefined;
}

export interface StreamSituation {
	readonly now: number;
	/** Whether the organisation and its sync are switched on. */
	readonly isOn: boolean;
	readonly dayPlan: Pick<DayPlan, 'intervals' | 'budget' | 'xeroCallsADay'>;
	/** By entity. */
	readonly records: ReadonlyMap<string, number>;
	progressOf(one: StreamWithRun): RunProgress | null;
}

export function streamView(one: StreamWithRun, situation: StreamSituation): StreamView {
	const { stream, lastRun } = one;
	const { now, dayPlan } = situation;
	const progress = situation.progressOf(one);
	const isRunning = situation.isOn && stream.runId !== null;
	const lastAt = lastRun?.finishedAt ?? lastRun?.startedAt;
	const isPlanned = situation.isOn && stream.enabled && !isRunning && stream.nextAt !== null;
	return {
		id: stream.id,
		entity: stream.entity.entity,
		label: entityWords(stream.entity.entity),
		enabled: stream.enabled,
		isRunning,
		isBusy: isRunning && lastRun?.status === 'running',
		schedule: capitalised(scheduleWords(stream.plan)),
		stretched: stretchedWords(one, dayPlan),
		standing: standingOf(one, situation),
		progress: progress === null ? undefined : { ...progress, words: progressWords(progress) },
		lastRun:
			lastRun === null || lastAt === undefined
				? undefined
				: { at: lastAt, words: momentWords(lastAt, now), cost: costWords(lastRun) },
		nextRun:
			isPlanned && stream.nextAt !== null
				? { at: stream.nextAt, words: momentWords(Math.max(stream.nextAt, now), now) }
				: undefined,
		records: situation.records.get(stream.entity.entity) ?? 0,
		counts: countsOf(stream.entity, one.lastCount, now),
		held: one.held === null ? undefined : heldOf(one.held),
	};
}

/** What it cost: 3 calls, 40 kB. */
export function costWords({ calls, bytes }: Pick<SyncRun, 'calls' | 'bytes'>): string {
	return `${textOf.plural(calls, 'call')}, ${textOf.bytes(bytes)}`;
}

function stretchedWords(
	{ stream: { id, plan } }: StreamWithRun,
	{ intervals, budget, xeroCallsADay }: StreamSituation['dayPlan'],
): StreamView['stretched'] {
	const planned = intervals.get(id);
	if (!('everySeconds' in plan) || planned === undefined || planned <= plan.everySeconds) {
		return undefined;
	}
	return {
		to: intervalWords(Math.round(planned / 60) * 60),
		why:
			`all syncs of this organisation share ${textOf.count(budget.callsADay)} of Xero’s ` +
			`${textOf.count(xeroCallsADay)} calls a day.`,
	};
}

function standingOf(
	{ stream, lastRun, held }: StreamWithRun,
	{ now, isOn }: StreamSituation,
): StreamStanding {
	const isRunning = stream.runId !== null && lastRun !== null;
	if (isRunning && isOn) return runningOf(lastRun, stream.nextAt, now);
	if (held !== null) {
		const { gone } = heldOf(held);
		return {
			tone: 'bad',
			word: 'Asks you',
			sentence: `${textOf.plural(gone, 'record')} that the hub knows ${gone === 1 ? 'is' : 'are'} not in Xero’s list any more. That is so many that nothing was taken for deleted.`,
		};
	}
	if (!isOn) return { tone: '', word: 'Off' };
	if (!stream.enabled) return { tone: '', word: 'Paused' };
	if (lastRun?.status === 'failed') {
		const next =
			stream.nextAt === null
				? ''
				: ` It is tried again ${momentWords(Math.max(stream.nextAt, now), now)}.`;
		return { tone: 'bad', word: 'Failed', sentence: `${sentence(lastRun.error)}${next}` };
	}
	if (stream.baselineAt === null) return { tone: 'info', word: 'About to begin' };
	return { tone: 'good', word: 'Up to date' };
}

function runningOf(run: SyncRun, nextAt: number | null, now: number): StreamStanding {
	const when = (at: number | null) =>
		at === null ? '' : ` ${momentWords(Math.max(at, now), now)}`;
	if (run.status === 'waiting') {
		const isReauth = run.waitingFor === 'reauth';
		return {
			tone: isReauth ? 'bad' : 'warn',
			word: isReauth ? 'Needs you' : 'Waiting',
			sentence: isReauth
				? `${sentence(run.error)} It goes on by itself once that is done.`
				: `${sentence(run.error)} It goes on${when(run.resumesAt)}, from where it is.`,
			needsReconnect: isReauth,
		};
	}
	if (run.error !== null) {
		return {
			tone: 'warn',
			word: 'Trying again',
			sentence: `${sentence(run.error)} It is tried again${when(nextAt)}; nothing is lost.`,
		};
	}
	return { tone: 'info', word: run.isBaseline ? 'First run' : (RUNNING[run.kind] ?? 'Running') };
}

const RUNNING: Readonly<Record<string, string>> = {
	delta: 'Running',
	sweep: 'Sweeping',
	count: 'Counting',
};

function heldOf({ missing, finishedAt, startedAt }: SyncRun) {
	return { gone: Math.abs(missing ?? 0), at: finishedAt ?? startedAt };
}

function countsOf(
	{ list }: Pick<XeroEntity, 'list'>,
	run: SyncRun | null,
	now: number,
): StreamView['counts'] {
	const at = run?.finishedAt ?? undefined;
	const missing = run?.missing ?? null;
	if (missing === null || at === undefined) {
		if (list === 'whole') return { tone: '', words: 'Read whole each time', at: undefined };
		if (list !== 'sized') return { tone: '', words: 'Xero says no number', at: undefined };
		return { tone: '', words: 'Not counted yet', at: undefined };
	}
	const when = momentWords(at, now);
	if (missing === 0) return { tone: 'good', words: `Counts agree, ${when}`, at };
	if (missing > 0)
		return { tone: 'warn', words: `${textOf.count(missing)} missing here, ${when}`, at };
	return { tone: 'warn', words: `${textOf.count(-missing)} more here than in Xero, ${when}`, at };
}

function sentence(error: string | null): string {
	if (error === null) return 'Xero did not answer as it was asked to.';
	return /[.!?]$/.test(error) ? error : `${error}.`;
}

function capitalised(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
