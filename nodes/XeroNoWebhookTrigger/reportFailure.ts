import { NodeApiError, type ITriggerFunctions } from 'n8n-workflow';

import type { Failure } from '../Xero/errors/failure';

/**
 * Shows a failure as a failed execution, and leaves the trigger as it is. n8n before it had
 * `saveFailedExecution` can only log: its `emitError` would take the trigger down.
 *
 * @param what was being read
 */
export function reportFailure(context: ITriggerFunctions, failure: Failure, what: string): void {
	const { message, httpCode } = failure;
	const description = [
		`While reading ${what}.`,
		failure.description,
		'The trigger tries again by itself, and tells of this once.',
	]
		.filter(Boolean)
		.join(' ');
	const error = new NodeApiError(
		context.getNode(),
		{ message },
		{ message, description, httpCode },
	);
	if (typeof context.saveFailedExecution === 'function') context.saveFailedExecution(error);
	else (context as ITriggerFunctions).logger.error(`${message}. ${description}`);
}
