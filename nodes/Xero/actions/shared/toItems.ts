import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

import type { ItemOutcome, OperationResult } from '../../batching/ItemOutcome';
import type { Failure } from '../../errors/failure';

/**
 * Output items in the order of the input, each linked to its own input item. Without "Continue On
 * Fail" the first failure is thrown, and says how much of a write is already saved.
 */
export function toItems(
	context: IExecuteFunctions,
	{ effect, outcomes }: OperationResult,
): INodeExecutionData[] {
	const continues = context.continueOnFail();
	return outcomes.flatMap((outcome, item) => {
		if (outcome.status === 'untried') return [];
		if (outcome.status === 'done') {
			const { records, binary } = outcome;
			return records.map((json, index) => ({
				json,
				pairedItem: { item },
				...(index === 0 && binary !== undefined ? { binary } : {}),
			}));
		}
		if (!continues) {
			throw toError(context.getNode(), outcome.failure, item, account(effect, outcomes, item));
		}
		return [{ json: errorJson(outcome.failure), pairedItem: { item } }];
	});
}

/** n8n's error output knows an item by exactly these names. */
function errorJson({ message, description }: Failure): IDataObject {
	return { error: message, ...(description === undefined ? {} : { details: description }) };
}

function toError(
	node: INode,
	failure: Failure,
	itemIndex: number,
	account: string | undefined,
): NodeApiError | NodeOperationError {
	const message = `${failure.message} [item ${itemIndex}]`;
	const description = [failure.description, account].filter(Boolean).join(' ');
	if (failure.kind === 'input') {
		return new NodeOperationError(node, message, { description, itemIndex });
	}
	return new NodeApiError(
		node,
		{ message: failure.message },
		{ message, description, httpCode: failure.httpCode, itemIndex },
	);
}

/** How much of a write stands, seen from the item at which the run stops. */
function account(
	effect: OperationResult['effect'],
	outcomes: readonly ItemOutcome[],
	item: number,
): string | undefined {
	if (effect === 'read' || outcomes.length === 1) return undefined;
	const count = (status: ItemOutcome['status']) =>
		outcomes.filter((outcome) => outcome.status === status).length;
	const refused = count('failed') - 1;
	const untried = count('untried');
	return [
		`${count('done')} of ${outcomes.length} items are already saved in Xero.`,
		refused > 0 ? `${refused} besides item ${item} failed.` : '',
		untried > 0 ? `${untried} were not sent.` : '',
	]
		.filter(Boolean)
		.join(' ');
}
