import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { answerOf } from './output/answerOf';
import { toItems } from './output/toItems';
import { resources } from './resources/resources';
import { createRun } from './run/OperationRun';
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
	const result = await chosen.execute(run);
	return [toItems(this, runsAsTool(this.getNode()) ? answerOf(run, result) : result)];
}
