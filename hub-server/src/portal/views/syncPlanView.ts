import type { DayPlan } from '../../sync/dayPlans';
import { textOf } from '../show/texts';
import type { StreamView } from './streamView';
import { momentWords } from './syncWords';

/** Part of a bar, of 1,000. */
interface BarPart {
	readonly kind: 'workflows' | 'syncs' | 'free';
	readonly label: string;
	readonly calls: number;
	readonly from: number;
	readonly width: number;
}

/** How an organisation's calls of a day are shared, and what of them was used. */
export interface SyncPlanView {
	readonly xeroCallsADay: number;
	readonly syncCallsADay: number;
	/** Of the last 24 hours. */
	readonly usedCalls: number;
	readonly usedBytes: number;
	readonly workflowCalls: number | null;
	readonly plannedCalls: number;
	readonly plannedBytes: number;
	readonly bar: readonly BarPart[];
	readonly stretched: number;
	/** Why nothing runs for now; undefined while there are calls. */
	readonly spent: string | undefined;
}

const BAR = 1_000;

export function syncPlanView(
	{ budget, planned, xeroCallsADay, workflowCalls }: Omit<DayPlan, 'intervals'>,
	streams: readonly Pick<StreamView, 'stretched'>[],
	now: number,
): SyncPlanView {
	return {
		xeroCallsADay,
		syncCallsADay: budget.callsADay,
		usedCalls: budget.usedCalls,
		usedBytes: budget.usedBytes,
		workflowCalls,
		plannedCalls: planned.callsADay,
		plannedBytes: planned.bytesADay,
		bar: barOf(xeroCallsADay, workflowCalls ?? 0, budget.usedCalls),
		stretched: streams.filter(({ stretched }) => stretched !== undefined).length,
		spent:
			budget.freeAt > now
				? `Syncs have used the ${textOf.count(budget.callsADay)} calls that are theirs. They go on ${momentWords(budget.freeAt, now)}; the rest stays for workflows.`
				: undefined,
	};
}

function barOf(all: number, workflows: number, syncs: number): readonly BarPart[] {
	const whole = Math.max(1, all, workflows + syncs);
	let from = 0;
	return (
		[
			['workflows', 'Workflows', workflows],
			['syncs', 'Syncs', syncs],
			['free', 'Free', Math.max(0, whole - workflows - syncs)],
		] as const
	).map(([kind, label, calls]) => {
		const width = (calls / whole) * BAR;
		const part = { kind, label, calls, from, width };
		from += width;
		return part;
	});
}
