import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

import type { Failure } from '../errors/failure';
import { goesOnAfterFailure } from '../run/goesOnAfterFailure';
import type { OperationResult } from '../run/ItemOutcome';
import type { SecondRun } from '../run/Saves';
import { placeOf } from '../values/placeOf';

/**
 * Output items in the order of the input, each linked to its own input item. Where the run does not go
 * on, the first failure is thrown. Every failure of a write says how much is already saved.
 *
 * A document of several items is linked to all of them. Its failure comes out once for each, because
 * n8n puts the input beside an error only of the first item that the error is linked to.
 */
export function toItems(
	context: IExecuteFunctions,
	result: OperationResult,
	secondRun?: SecondRun,
): INodeExecutionData[] {
	const continues = goesOnAfterFailure(context);
	const accountFor = accountOf(result, secondRun);
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
		const place = placeOf(links.map(({ item }) => item));
		const details = [outcome.failure.description, accountFor(place)].filter(Boolean).join(' ');
		if (!continues) {
			throw toError(context.getNode(), outcome.failure, { place, details, item: links[0]?.item });
		}
		const json = errorJson(outcome.failure, details);
		return links.map((pairedItem) => ({ json: { ...json }, pairedItem }));
	});
}

/** n8n's error output knows an item by exactly these names. */
function errorJson({ message }: Failure, details: string): IDataObject {
	return { error: message, ...(details === '' ? {} : { details }) };
}

interface Whereabouts {
	readonly place: string;
	/** What to do next, and how much of the run stands. */
	readonly details: string;
	readonly item: number | undefined;
}

function toError(
	node: INode,
	failure: Failure,
	{ place, details: description, item: itemIndex }: Whereabouts,
): NodeApiError | NodeOperationError {
	const message = `${failure.message} [${place}]`;
	if (failure.kind === 'input') {
		return new NodeOperationError(node, message, { description, itemIndex });
	}
	return new NodeApiError(
		node,
		{ message: failure.message },
		{ message, description, httpCode: failure.httpCode, itemIndex },
	);
}

function itemsOf({ inputItems }: OperationResult, position: number): readonly number[] {
	return inputItems?.[position] ?? [position];
}

/**
 * How much of a write stands, seen from a place that failed, and what a second run makes of it. Counted
 * once: thousands of items may have failed.
 */
function accountOf(
	{ effect, outcomes, inputItems }: OperationResult,
	secondRun: SecondRun | undefined,
): (place: string) => string | undefined {
	if (effect === 'read' || outcomes.length === 1) return () => undefined;
	const counts = { done: 0, failed: 0, untried: 0 };
	for (const { status } of outcomes) counts[status]++;
	const others = counts.failed - 1;
	const unit = inputItems === undefined ? 'items' : 'documents';
	const next = effect === 'push' ? PUSH_AGAIN : counts.done === 0 ? '' : whatNext(secondRun);
	return (place) =>
		[
			`${counts.done} of ${outcomes.length} ${unit} are already ${effect === 'push' ? 'with the hub or in Xero' : 'saved in Xero'}.`,
			others > 0 ? `${others} besides ${place} failed.` : '',
			counts.untried > 0 ? `${counts.untried} were not sent.` : '',
			next,
		]
			.filter(Boolean)
			.join(' ');
}

const PUSH_AGAIN = 'All of them can be pushed again: what is in Xero is not made twice.';

/** @param secondRun absent where the run went on to its end */
function whatNext(secondRun: SecondRun | undefined): string {
	if (secondRun === undefined)
		return 'Send only those again that failed: the others would be saved twice.';
	const { retryLeavesOut, manualLeavesOut, reason } = secondRun;
	const ways = [
		...(manualLeavesOut ? ['run this node again from the editor'] : []),
		...(retryLeavesOut ? ['retry this execution'] : []),
	].join(' or ');
	const [first = '', ...letters] = ways;
	return [
		ways === ''
			? `They could not be remembered (${reason}): a second run saves them again, so take them out before.`
			: `${first.toUpperCase()}${letters.join('')} within 60 minutes, and they are not saved again; ${
					manualLeavesOut ? '' : `a run from the editor (${reason}) and `
				}a new production execution saves them again.`,
		`To have only the refused ones left over, set On Error to "Continue (using error output)" in the settings of this node.`,
	].join(' ');
}
