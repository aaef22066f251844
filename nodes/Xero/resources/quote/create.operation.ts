import { inNewDocuments } from '../../documents/inNewDocuments';
import { salesLines } from '../../documents/lineItems';
import { dateField, dayField, statusField } from '../../fields/documentFields';
import type { Field } from '../../fields/Field';
import { quoteKind } from '../../kinds/quoteKind';
import {
	buildNew,
	createOperation,
	inMappedNew,
	type NewRecord,
} from '../../operations/createOperation';
import type { OperationModule } from '../../operations/OperationModule';
import { presenter } from '../../output/presenter';
import { writeRecords } from '../../requests/writeRecords';
import type { OperationResult } from '../../run/ItemOutcome';
import type { OperationRun } from '../../run/OperationRun';
import { dayIn } from '../../values/dayIn';
import { completeLines } from './completeLines';
import { quoteContactField, quoteFields } from './quoteFields';
import { readLineDefaults } from './readLineDefaults';

const initialStatus = statusField(
	[
		{ name: 'Draft', value: 'DRAFT' },
		{ name: 'Sent', value: 'SENT', description: 'Marked as sent. Xero does not send it.' },
	],
	'DRAFT',
);

const newQuoteDateField: Field = dayField(
	'Date',
	'date',
	'Date',
	'Day of issue, as written; today in the time zone of the workflow if left empty',
);

const fields: NewRecord = {
	own: [quoteContactField],
	more: [
		...quoteFields.map((field) => (field === dateField ? newQuoteDateField : field)),
		initialStatus,
	],
	lines: salesLines,
};

export const { description, request } = createOperation(quoteKind, fields);

/** Xero wants a day, and takes nothing from accounts, items and names; the node fills it in. */
export const execute: OperationModule['execute'] = async (run) =>
	await inNewDocuments(
		run,
		description,
		async (quotes) => await inMappedNew(quotes, quoteKind, fields, createQuotes),
	);

async function createQuotes(quotes: OperationRun): Promise<OperationResult> {
	const defaultsOf = await readLineDefaults(quotes, (item) =>
		buildNew(quotes, item, fields, quoteKind),
	);
	return await writeRecords(quotes, {
		collection: quoteKind.collection,
		method: 'PUT',
		present: presenter(quotes, quoteKind),
		build(item) {
			const quote = buildNew(quotes, item, fields, quoteKind);
			if (!quote.ok) return quote;
			const defaults = defaultsOf(item);
			if (!defaults.ok) return defaults;
			const day = dayIn(quotes.timeZone, quotes.nowMs());
			return completeLines({ Date: day, ...quote.value }, defaults.value);
		},
	});
}
