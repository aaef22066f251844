import { inNamedDocuments } from '../../documents/inNamedDocuments';
import { salesLines, writeLines } from '../../documents/lineItems';
import { LINE_ID } from '../../documents/LineItemsKind';
import { linesToAdd } from '../../documents/lineItemsProperties';
import { lineWithout } from '../../documents/lineWithout';
import { mergeLines } from '../../documents/mergeLines';
import { refuseInput, type Outcome } from '../../errors/failure';
import type { Members } from '../../fields/Field';
import { mapsValues } from '../../fields/mappingOptions';
import { pickedId } from '../../fields/Locator';
import { mappedWriteOptionsField } from '../../fields/writeOptions';
import { invoiceKind } from '../../kinds/invoiceKind';
import { inMappedValues, takeMembers } from '../../operations/mappedValues';
import type { OperationModule } from '../../operations/OperationModule';
import { presenter } from '../../output/presenter';
import { changeRecords } from '../../requests/changeRecords';
import { updateRequest } from '../../requests/RequestFacts';
import type { OperationResult } from '../../run/ItemOutcome';
import type { OperationRun } from '../../run/OperationRun';

export const description: OperationModule['description'] = [
	invoiceKind.locator.field('The draft, submitted or unpaid invoice that gets more lines'),
	...linesToAdd(salesLines),
	mappedWriteOptionsField,
];

export const request = updateRequest(invoiceKind.collection);

/** The lines that are there go back too: Xero removes what an update does not repeat. */
export const execute: OperationModule['execute'] = async (run) =>
	await inNamedDocuments(
		run,
		invoiceKind.locator,
		description,
		async (invoices) => await inMappedValues(invoices, buildLines, addLines),
	);

async function addLines(invoices: OperationRun): Promise<OperationResult> {
	const asked = new Map<number, Members>();
	return await changeRecords(invoices, {
		collection: invoiceKind.collection,
		present: presenter(invoices, invoiceKind),
		idOf: (item) => pickedId(invoices, invoiceKind.locator, item),
		asked: (item) => asked.get(item),
		change(invoice, item) {
			const added = buildLines(invoices, item);
			if (!added.ok) return added;
			const more = added.value.LineItems;
			if (!Array.isArray(more)) {
				return refuseInput('No lines are given', 'Fill in at least one line to add.');
			}
			asked.set(item, added.value);
			// A copy of another invoice's line names that one.
			const LineItems = (more as readonly Members[]).map((line) => lineWithout(line, LINE_ID));
			return mergeLines(invoice, { LineItems }, invoiceKind.collection.label);
		},
	});
}

function buildLines(run: OperationRun, item: number): Outcome<Members> {
	const lines = writeLines(
		salesLines,
		(name, fallback) => run.parameter(name, item, fallback),
		mapsValues(run, item),
	);
	return lines.ok ? takeMembers(run, item, lines.value, invoiceKind.codes) : lines;
}
