import type { IExecuteFunctions, IRunExecutionData } from 'n8n-workflow';

import type { ExecutionEnding } from './readMark';

export type EndingOf = (executionId: string) => Promise<ExecutionEnding>;

/**
 * Asks n8n for an earlier execution, each one once: all its data are read. `undefined` where n8n
 * cannot be asked, before 1.106.
 */
export function executionEndings(context: IExecuteFunctions): EndingOf | undefined {
	if (!('getExecutionDataById' in context)) return undefined;
	const known = new Map<string, Promise<ExecutionEnding>>();
	return async (executionId) => {
		const ending =
			known.get(executionId) ?? context.getExecutionDataById(executionId).then(readEnding);
		known.set(executionId, ending);
		return await ending;
	};
}

/**
 * n8n saves static data a moment before the execution, so that one which has just ended may still
 * look as if it ran.
 */
export function readEnding(data: IRunExecutionData | undefined): ExecutionEnding {
	if (data === undefined) return 'unknown';
	const { resultData, executionData, waitTill } = data;
	if (resultData.error !== undefined) return 'failed';
	const hasMoreToDo = (executionData?.nodeExecutionStack.length ?? 0) > 0;
	const isOver =
		resultData.lastNodeExecuted !== undefined &&
		!hasMoreToDo &&
		(waitTill ?? undefined) === undefined;
	return isOver ? 'succeeded' : 'unfinished';
}
