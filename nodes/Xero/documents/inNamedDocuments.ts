import { pickedId, type Locator } from '../fields/Locator';
import type { OperationResult } from '../run/ItemOutcome';
import type { OperationRun } from '../run/OperationRun';
import { byDocument, type DocumentPlan } from './byDocument';
import { keepsLines } from './existingLines';
import type { LineItemsKind } from './LineItemsKind';

/** Runs `work` over the documents that the locator names, where items are lines for them. */
export async function inNamedDocuments(
	run: OperationRun,
	locator: Locator,
	plan: Pick<DocumentPlan, 'properties' | 'addsLines'>,
	work: (documents: OperationRun) => Promise<OperationResult>,
): Promise<OperationResult> {
	const keyField = locator.name;
	const keyOf = (item: number) => pickedId(run, locator, item);
	return await byDocument(run, { ...plan, keyField, keyOf }, work);
}

/** The same, where *Existing Lines* says what becomes of the lines that the documents have. */
export async function inChangedDocuments(
	run: OperationRun,
	locator: Locator,
	{
		properties,
		lines,
	}: Pick<DocumentPlan, 'properties'> & { readonly lines: LineItemsKind | undefined },
	work: (documents: OperationRun) => Promise<OperationResult>,
): Promise<OperationResult> {
	const addsLines: DocumentPlan['addsLines'] = (documents, document) =>
		keepsLines(documents, document, lines);
	return await inNamedDocuments(run, locator, { properties, addsLines }, work);
}
