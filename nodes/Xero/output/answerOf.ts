import type { OperationResult } from '../run/ItemOutcome';
import type { OperationRun } from '../run/OperationRun';
import { fitForModel } from './fitForModel';

/** What a tool tells its agent: as much of the records as a model can take. */
export function answerOf(run: OperationRun, result: OperationResult): OperationResult {
	const outcomes = result.outcomes.map((outcome, item) =>
		outcome.status === 'done'
			? { ...outcome, records: fitForModel(outcome.records, limitOf(run, item)) }
			: outcome,
	);
	return { ...result, outcomes };
}

/** Of a list that is to end somewhere. */
function limitOf(run: OperationRun, item: number): number | undefined {
	if (run.parameter('returnAll', item, false) === true) return undefined;
	const limit = Number(run.parameter('limit', item, 0));
	return limit > 0 ? limit : undefined;
}
