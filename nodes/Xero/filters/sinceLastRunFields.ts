import type { INodeProperties } from 'n8n-workflow';

import type { OperationRun } from '../run/OperationRun';
import type { CountAsRead } from '../run/readMark';

/**
 * For lists that take `If-Modified-Since`.
 *
 * @param note what of the changes of such records comes or does not come
 */
export function sinceLastRunFields(note: string | undefined): INodeProperties[] {
	const promise =
		'Whether to return only what changed since the published workflow last ran successfully. The first run returns everything that the filters let through.';
	return [
		{
			displayName: 'Only Since Last Successful Run',
			name: 'sinceLastRun',
			type: 'boolean',
			default: false,
			description: note === undefined ? promise : `${promise} ${note}`,
		},
		countAsReadField,
	];
}

const countAsReadField: INodeProperties = {
	displayName: 'Count As Read',
	name: 'countAsRead',
	type: 'options',
	default: 'workflowSucceeded',
	description: 'When a record is not returned again unless it changes',
	displayOptions: { show: { sinceLastRun: [true] } },
	options: [
		{
			name: 'When Confirmed',
			value: 'confirmed',
			description: 'An Incremental Read: Confirm node further on says so',
		},
		{
			name: 'When the Workflow Has Succeeded',
			value: 'workflowSucceeded',
			description: 'If a later node fails, the next run returns the same records again',
		},
		{
			name: 'When This Node Has Finished',
			value: 'nodeFinished',
			description: 'If a later node fails, the records do not come again',
		},
	],
};

const CHOICES: readonly CountAsRead[] = ['workflowSucceeded', 'confirmed', 'nodeFinished'];

/** `undefined` where everything is wanted. */
export function readCountAsRead(run: OperationRun, item: number): CountAsRead | undefined {
	if (run.parameter('sinceLastRun', item, false) !== true) return undefined;
	const chosen = run.parameter('countAsRead', item, 'workflowSucceeded');
	return CHOICES.find((choice) => choice === chosen) ?? 'workflowSucceeded';
}
