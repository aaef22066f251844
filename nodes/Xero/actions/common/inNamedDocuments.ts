import type { OperationResult } from '../../batching/ItemOutcome';
import { byDocument, type DocumentPlan } from '../shared/byDocument';
import type { OperationRun } from '../shared/OperationRun';
import { idOf, type RecordKind } from './RecordKind';

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
