import { deepCopy, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import type { ReadMark } from '../../records/readMark';

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

/** In the workflow's static data, where all its nodes find them. */
const PROPERTY = 'xeroHubMarks';

export function markMemory(context: IExecuteFunctions): MarkMemory {
	const data = () => context.getWorkflowStaticData('global');
	const marks = () => (data()[PROPERTY] ?? {}) as Readonly<Record<string, KeptMark>>;
	// n8n notices changes of the outermost object only.
	const replace = (changed: Readonly<Record<string, KeptMark>>) => {
		data()[PROPERTY] = deepCopy(changed) as unknown as IDataObject;
	};
	return {
		all: () => new Map(Object.entries(marks())),
		put: (key, kept) => replace({ ...marks(), [key]: kept }),
		clear: () => replace({}),
	};
}
