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
import { goesOnAfterFailure } from './goesOnAfterFailure';

/**
 * Output items in the order of the input, each linked to its own input item. Where the run does not go
 * on, the first failure is thrown. Every failure of a write says how much is already saved.
 *
 * A document of several items is linked to all of them. Its failure comes out once for each, because
 * n8n puts the input beside an error only of the first item that the error is linked to.
 */
export function toItems(context: IExecuteFunctions, result: OperationResult): INodeExecutionData[] {
	const continues = goesOnAfterFailure(context);
	return result.outcomes.flatMap((outcome, position): INodeExecutionData[] => {
		const links = itemsOf(result, position).map((item) => ({ item }));
		if (outcome.status === 'untried') return [];
		if (outcome.status === 'done') {
			const { records, binary } = outcome;
			return records.map((json, index) => ({
				json,
				pairedItem: links.length === 1 ? links[0] : links,
				...(index === 0 && binary !== undefined ? { binary } : {}),
			}));
		}
		if (!continues) throw toError(context.getNode(), outcome.failure, result, position);
		const json = errorJson(outcome.failure, result, position);
		return links.map((pairedItem) => ({ json: { ...json }, pairedItem }));
	});
}

/** n8n's error output knows an item by exactly these names. */
function errorJson(failure: Failure, result: OperationResult, position: number): IDataObject {
	const details = detailsOf(failure, result, position);
	return { error: failure.message, ...(details === '' ? {} : { details }) };
}

function toError(
	node: INode,
	failure: Failure,
	result: OperationResult,
	position: number,
): NodeApiError | NodeOperationError {
	const [itemIndex] = itemsOf(result, position);
	const message = `${failure.message} [${placeOf(result, position)}]`;
	const description = detailsOf(failure, result, position);
	if (failure.kind === 'input') {
		return new NodeOperationError(node, message, { description, itemIndex });
	}
	return new NodeApiError(
		node,
		{ message: failure.message },
		{ message, description, httpCode: failure.httpCode, itemIndex },
	);
}

/** What to do next, and how much of the run stands. */
function detailsOf({ description }: Failure, result: OperationResult, position: number): string {
	return [description, account(result, placeOf(result, position))].filter(Boolean).join(' ');
}

function itemsOf({ inputItems }: OperationResult, position: number): readonly number[] {
	return inputItems?.[position] ?? [position];
}

/** A document can have hundreds of lines. */
const NAMED_ITEMS = 5;

function placeOf(result: OperationResult, position: number): string {
	const items = itemsOf(result, position);
	if (items.length === 1) return `item ${items[0]}`;
	const more = items.length > NAMED_ITEMS ? ` and ${items.length - NAMED_ITEMS} more` : '';
	return `items ${items.slice(0, NAMED_ITEMS).join(', ')}${more}`;
}

/** How much of a write stands, seen from the place that failed. */
function account(
	{ effect, outcomes, inputItems }: OperationResult,
	place: string,
): string | undefined {
	if (effect === 'read' || outcomes.length === 1) return undefined;
	const count = (status: ItemOutcome['status']) =>
		outcomes.filter((outcome) => outcome.status === status).length;
	const refused = count('failed') - 1;
	const untried = count('untried');
	const unit = inputItems === undefined ? 'items' : 'documents';
	return [
		`${count('done')} of ${outcomes.length} ${unit} are already saved in Xero.`,
		refused > 0 ? `${refused} besides ${place} failed.` : '',
		untried > 0 ? `${untried} were not sent.` : '',
	]
		.filter(Boolean)
		.join(' ');
}
