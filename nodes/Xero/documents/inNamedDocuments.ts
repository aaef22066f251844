import type { INodeProperties } from 'n8n-workflow';

import { pickedId, type Locator } from '../fields/Locator';
import type { OperationResult } from '../run/ItemOutcome';
import type { OperationRun } from '../run/OperationRun';
import { byDocument } from './byDocument';

/** Runs `work` over the documents that the locator names, where items are lines for them. */
export async function inNamedDocuments(
	run: OperationRun,
	locator: Locator,
	properties: readonly INodeProperties[],
	work: (documents: OperationRun) => Promise<OperationResult>,
): Promise<OperationResult> {
	const keyField = locator.name;
	const keyOf = (item: number) => pickedId(run, locator, item);
	return await byDocument(run, { properties, keyField, keyOf }, work);
}
