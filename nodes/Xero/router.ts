import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { answerOf } from './output/answerOf';
import { toItems } from './output/toItems';
import { resources } from './resources/resources';
import type { OperationModule } from './operations/OperationModule';
import type { OperationResult } from './run/ItemOutcome';
import { createRun, type OperationRun } from './run/OperationRun';
import { runsAsTool } from './run/runsAsTool';

/** Runs the chosen operation over all input items. Resource and operation cannot vary by item. */
export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const resource = this.getNodeParameter('resource', 0);
	const operation = this.getNodeParameter('operation', 0);
	const chosen = resources[resource]?.operations[operation];
	if (chosen === undefined) {
		throw new NodeOperationError(this.getNode(), `There is no operation ${resource}: ${operation}`);
	}
	const run = createRun(this);
	const result = await executeAndRemember(run, chosen);
	const isOver = hasStopped(this, run, result);
	const secondRun = isOver ? await run.saves.stop() : undefined;
	if (!isOver) await run.saves.complete();
	return [toItems(this, runsAsTool(this.getNode()) ? answerOf(run, result) : result, secondRun)];
}

/** What is thrown here was expected by nobody; what is saved until then is remembered all the same. */
async function executeAndRemember(
	run: OperationRun,
	{ execute }: OperationModule,
): Promise<OperationResult> {
	let result: OperationResult | undefined;
	try {
		result = await execute(run);
		return result;
	} finally {
		if (result === undefined) await run.saves.stop();
	}
}

/** At its first failure, or because somebody stopped the execution. */
function hasStopped(
	context: IExecuteFunctions,
	run: OperationRun,
	{ outcomes }: OperationResult,
): boolean {
	const isCancelled = context.getExecutionCancelSignal?.()?.aborted === true;
	return (
		isCancelled || (run.stopsAtFirstFailure && outcomes.some(({ status }) => status === 'failed'))
	);
}
