import { deepCopy, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { refuseInput, success, type Outcome } from '../errors/failure';
import type { ReadMark } from './readMark';

/** A mark, and what it belongs to. */
export interface KeptMark {
	/** Name of the node that reads, as it was then. */
	readonly node: string;
	readonly tenantId: string;
	/** Path of the list that is read. */
	readonly list: string;
	readonly mark: ReadMark;
}

/**
 * The marks of all nodes of a workflow. n8n keeps them when a published workflow has run, whether it
 * succeeded or not; what a run from the editor changes is forgotten. Of executions that run at the
 * same time, the last to end has its way.
 */
export interface MarkMemory {
	all(): ReadonlyMap<string, KeptMark>;
	put(key: string, kept: KeptMark): void;
	/** Forgets all marks. */
	clear(): void;
}

export type OpenMarks = () => Promise<Outcome<MarkMemory>>;

/** In the workflow's static data, where all its nodes find them. */
const PROPERTY = 'xeroHubMarks';

/**
 * Opens the marks of the workflow, or says why there are none to be had.
 *
 * n8n starts a retry, and what goes on after a time of waiting, with empty static data, and would write
 * them over what the workflow has: its marks, and what its trigger keeps. Where no marks are found,
 * such a run therefore neither reads nor writes any.
 */
export function marksOf(context: IExecuteFunctions): OpenMarks {
	const data = () => context.getWorkflowStaticData('global');
	const marks = () => (data()[PROPERTY] ?? {}) as Readonly<Record<string, KeptMark>>;
	// n8n notices changes of the outermost object only.
	const replace = (changed: Readonly<Record<string, KeptMark>>) => {
		data()[PROPERTY] = deepCopy(changed) as unknown as IDataObject;
	};
	const memory: MarkMemory = {
		all: () => new Map(Object.entries(marks())),
		put: (key, kept) => replace({ ...marks(), [key]: kept }),
		clear: () => replace({}),
	};
	return async () => {
		const mode = context.getMode();
		if (data()[PROPERTY] !== undefined || mode === 'manual') return success(memory);
		if (mode === 'retry') return RETRIED;
		return (await goesOnAfterWaiting(context)) ? HAS_WAITED : success(memory);
	};
}

const RETRIED = refuseInput(
	'n8n gives the retry of an execution no memory of incremental reads',
	'Retry with the currently saved workflow, or let the next run read the records again: nothing is lost.',
);

const HAS_WAITED = refuseInput(
	'Behind a node that waits, n8n may have no memory of incremental reads',
	'Put this node before the one that waits. The next run reads the records again: nothing is lost.',
);

/**
 * n8n saves an execution when it begins, with nothing run, and again when it waits, with the node that
 * waits as the next to run. Where it saves after every node, the next to run is this one.
 */
async function goesOnAfterWaiting(context: IExecuteFunctions): Promise<boolean> {
	const id = context.getExecutionId();
	if (id === undefined || !('getExecutionDataById' in context)) return false;
	const saved = await context.getExecutionDataById(id);
	if (saved === undefined || Object.keys(saved.resultData.runData).length === 0) return false;
	return saved.executionData?.nodeExecutionStack[0]?.node.name !== context.getNode().name;
}
