import type { IDataObject } from 'n8n-workflow';

import { refuseInput, success, type Outcome } from '../errors/failure';
import type { KeptMark, MarkMemory } from '../run/markMemory';
import type { OperationRun } from '../run/OperationRun';
import { leave, settle, startOf, type CountAsRead, type ReadMark } from '../run/readMark';
import { walkChanges, type WalkedChanges } from './walkChanges';

export interface ChangeList extends WalkedChanges {
	readonly countAsRead: CountAsRead;
}

/** A mark that is written down when the whole run of the node has succeeded. */
export interface LeftMark {
	readonly memory: MarkMemory;
	readonly kept: KeptMark;
}

/**
 * Reads a list as changes since it last counted as read, oldest change first; the first time, all that
 * the filters let through. What was archived has changed too, and comes as well.
 *
 * @param marks collects how far the lists of this run were read; a list that is read twice goes on from
 * there
 * @param give takes what no run has given out, page by page
 */
export async function readChanges(
	run: OperationRun,
	changes: ChangeList,
	marks: Map<string, LeftMark>,
	give: (records: readonly IDataObject[]) => void,
): Promise<Outcome<undefined>> {
	const { collection, tenantId, list, countAsRead } = changes;
	if (countAsRead === 'workflowSucceeded' && run.endingOf === undefined) return CANNOT_ASK;
	const key = [
		run.node.id,
		tenantId,
		collection.path,
		JSON.stringify(list.query),
		list.ids.join(','),
	].join(' ');
	const about = { node: run.node.name, tenantId, list: collection.path };
	const opened = await run.openMarks();
	if (!opened.ok) return opened;
	const memory = opened.value;
	const before = (marks.get(key)?.kept ?? memory.all().get(key))?.mark ?? {};
	const mark = countAsRead === 'workflowSucceeded' ? await settled(run, before) : before;
	if (mark !== before) memory.put(key, { ...about, mark });

	const walk = await walkChanges(run, changes, startOf(mark, run.execution), give);
	if (!walk.ok) return walk;
	if (walk.value !== undefined) {
		const left = leave(mark, walk.value, run.execution, countAsRead);
		marks.set(key, { memory, kept: { ...about, mark: left } });
	}
	return success(undefined);
}

const CANNOT_ASK = refuseInput(
	'This version of n8n cannot tell whether an earlier run of the workflow succeeded',
	'Update n8n to 1.106 or newer, or set Count As Read to another choice: When Confirmed, with an Incremental Read: Confirm node at the end of the workflow, or When This Node Has Finished.',
);

/** What an earlier execution left counts if that execution succeeded. */
async function settled(run: OperationRun, mark: ReadMark): Promise<ReadMark> {
	const { pending } = mark;
	if (pending === undefined || pending.execution.id === run.execution.id) return mark;
	const ending = (await run.endingOf?.(pending.execution.id)) ?? 'unknown';
	if (ending === 'unknown') {
		run.hint(
			`n8n keeps no record of execution ${pending.execution.id}, which returned these records before, so they come again. Let n8n save successful executions of this workflow, or set Count As Read to When Confirmed.`,
		);
	}
	return settle(mark, ending);
}
