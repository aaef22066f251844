import type { IDataObject, IRun, ITriggerFunctions } from 'n8n-workflow';

import { refuse, success, type Outcome } from '../Xero/errors/failure';
import type { ChangeEvent } from './changeEvent';
import type { BatchFate } from './watchList';

/** When a batch counts as told. */
export type CountAsTold =
	/** n8n ran the workflow, however it ended. */
	| 'taken'
	/** The workflow succeeded. */
	| 'succeeded';

/**
 * Starts the workflow with a batch, and waits for its end.
 *
 * Whether it succeeded is read from the error of its result: the status of an execution in a queue, or of
 * one that waits, says something else.
 */
export async function startWorkflow(
	context: Pick<ITriggerFunctions, 'emit' | 'helpers'>,
	events: readonly ChangeEvent[],
	countAsTold: CountAsTold,
): Promise<Outcome<BatchFate>> {
	const done = context.helpers.createDeferredPromise<IRun>();
	try {
		const items = events.map((event) => ({ json: { ...event } as unknown as IDataObject }));
		context.emit([items], undefined, done);
		const run = (await done.promise) as IRun | undefined;
		if (countAsTold === 'taken') return success('counts');
		const isSuccess = run !== undefined && run.data.resultData.error === undefined;
		return success(isSuccess ? 'counts' : 'comesAgain');
	} catch (error) {
		if (wasStopped(error)) return success(countAsTold === 'taken' ? 'counts' : 'comesAgain');
		return refuse({
			kind: 'api',
			message: `n8n could not run the workflow: ${error instanceof Error ? error.message : String(error)}`,
			description: 'The same changes come again.',
		});
	}
}

/** By a person, or because it ran for too long: n8n had taken it. A shutdown is neither. */
function wasStopped(error: unknown): boolean {
	const { reason } = (error ?? {}) as { readonly reason?: unknown };
	return reason === 'manual' || reason === 'timeout';
}
