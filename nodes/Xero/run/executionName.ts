import { randomUUID } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ExecutionName } from './readMark';

const PROPERTY = 'xeroHubOrigin';

/**
 * The execution's id, and that of the first one of which it is a retry. n8n gives a retry an id of its
 * own and does not tell it whose retry it is, but hands it the flow context of the execution that failed.
 */
export function executionName(context: IExecuteFunctions): ExecutionName {
	const id = context.getExecutionId() ?? randomUUID();
	const flow = context.getContext('flow');
	flow[PROPERTY] ??= id;
	return { id, origin: String(flow[PROPERTY]) };
}
