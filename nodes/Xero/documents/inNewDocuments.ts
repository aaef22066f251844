import type { INodeProperties } from 'n8n-workflow';

import { refuseInput, success, type Outcome } from '../errors/failure';
import type { OperationResult } from '../run/ItemOutcome';
import type { OperationRun } from '../run/OperationRun';
import { isBlank } from '../values/isBlank';
import { byDocument } from './byDocument';

/** Runs `work` over the documents that _Group Items By_ makes of items that are lines. */
export async function inNewDocuments(
	run: OperationRun,
	properties: readonly INodeProperties[],
	work: (documents: OperationRun) => Promise<OperationResult>,
): Promise<OperationResult> {
	const keyField = 'lineItemsGroup';
	const keyOf = (item: number) => groupOf(run.parameter(keyField, item, ''));
	return await byDocument(run, { properties, keyField, keyOf }, work);
}

/** Blank is refused: a document of all rows that lack their number is nobody's wish. */
function groupOf(value: unknown): Outcome<string> {
	if (isBlank(value)) {
		return refuseInput(
			'Group Items By is empty',
			'Name what the lines of one document have in common, such as the invoice number. A fixed text puts all items into one.',
		);
	}
	return typeof value === 'object'
		? refuseInput(`Group Items By is not a text or number: ${JSON.stringify(value)}`)
		: success(String(value).trim());
}
