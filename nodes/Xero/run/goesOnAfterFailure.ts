import type { IExecuteFunctions } from 'n8n-workflow';

import { runsAsTool } from './runsAsTool';

/**
 * Whether a failed item is an output like any other: with "Continue On Fail", and for an agent unless
 * a person chose "Stop Workflow". Of an error that is thrown a model would learn the first sentence at
 * best, and not what to do next; some agents end with it.
 */
export function goesOnAfterFailure(
	context: Pick<IExecuteFunctions, 'continueOnFail' | 'getNode'>,
): boolean {
	const node = context.getNode();
	return context.continueOnFail() || (runsAsTool(node) && node.onError !== 'stopWorkflow');
}
