import type { RequestContext } from './RequestContext';

/** Whether somebody has stopped the execution. */
export function isStopped(context: RequestContext): boolean {
	return (
		'getExecutionCancelSignal' in context && context.getExecutionCancelSignal()?.aborted === true
	);
}
