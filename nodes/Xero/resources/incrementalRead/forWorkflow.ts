import type { IDataObject } from 'n8n-workflow';

import type { Outcome } from '../../errors/failure';
import { done, failed, type OperationResult } from '../../run/ItemOutcome';
import type { OperationRun } from '../../run/OperationRun';

/** Marks belong to the workflow: whatever the input holds, there is one answer, with the first item. */
export function forWorkflow(
	run: OperationRun,
	answer: Outcome<readonly IDataObject[]>,
): OperationResult {
	const outcomes = Array.from({ length: run.itemCount }, (_, item) => {
		if (!answer.ok) return failed(answer.failure);
		return item === 0 ? done(...answer.value) : done();
	});
	return { effect: 'read', outcomes };
}
