import type { OperationResult } from '../run/ItemOutcome';
import type { LineItemsKind } from './LineItemsKind';
import { byDocument, type DocumentPlan } from './byDocument';
import { keepsLines } from './existingLines';
import type { OperationRun } from '../run/OperationRun';
import { idOf, type RecordKind } from '../kinds/RecordKind';

/** Runs `work` over the documents that the locator names, where items are lines for them. */
export async function inNamedDocuments(
	run: OperationRun,
	kind: RecordKind,
	plan: Pick<DocumentPlan, 'properties' | 'addsLines'>,
	work: (documents: OperationRun) => Promise<OperationResult>,
): Promise<OperationResult> {
	const keyField = kind.locator('').name;
	const keyOf = (item: number) => idOf(run, kind, item);
	return await byDocument(run, { ...plan, keyField, keyOf }, work);
}

/** The same, where *Existing Lines* says what becomes of the lines that the documents have. */
export async function inChangedDocuments(
	run: OperationRun,
	kind: RecordKind,
	{
		properties,
		lines,
	}: Pick<DocumentPlan, 'properties'> & { readonly lines: LineItemsKind | undefined },
	work: (documents: OperationRun) => Promise<OperationResult>,
): Promise<OperationResult> {
	const addsLines: DocumentPlan['addsLines'] = (documents, document) =>
		keepsLines(documents, document, lines);
	return await inNamedDocuments(run, kind, { properties, addsLines }, work);
}
