import type { OperationResult } from '../../batching/ItemOutcome';
import { refuseInput, success, type Outcome } from '../../errors/failure';
import { locatorValue } from '../../records/locatorValue';
import { parseXeroId } from '../../records/xeroId';
import { buildNew } from '../common/createOperation';
import { presentWritten } from '../common/presentWritten';
import type { Members } from '../fields/Field';
import { salesLines } from '../fields/lineItems';
import { linesOfNamed } from '../fields/lineItemsProperties';
import { byDocument } from '../shared/byDocument';
import type { OperationModule } from '../shared/OperationModule';
import type { OperationRun } from '../shared/OperationRun';
import { updateRequest } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { writeOptionsField } from '../shared/writeOptions';
import { writeRecords } from '../shared/writeRecords';
import { invoiceContactField, invoiceFields, invoiceTypeField } from './invoiceFields';
import { invoiceKind } from './invoiceKind';

const moreFields = invoiceFields.filter(({ property }) => property.name !== 'invoiceNumber');

export const description = showFor(
	'invoice',
	['upsert'],
	[
		{
			displayName: 'Match By',
			name: 'matchBy',
			type: 'options',
			options: [
				{
					name: 'Invoice ID',
					value: 'invoiceId',
					description: 'Updates this invoice or bill; creates one where the ID is empty',
				},
				{
					name: 'Invoice Number',
					value: 'invoiceNumber',
					description:
						'Updates the sales invoice with this number, else creates it. Numbers of bills are not unique: match those by ID.',
				},
			],
			default: 'invoiceNumber',
			description: 'What Xero uses to find the invoice',
		},
		{
			displayName: 'Value to Match',
			name: 'matchValue',
			type: 'string',
			default: '',
			placeholder: 'e.g. INV-0042',
			description: 'The invoice number or invoice ID',
		},
		invoiceTypeField.property,
		invoiceContactField.property,
		...linesOfNamed(salesLines.fields),
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			default: {},
			placeholder: 'Add Field',
			options: moreFields.map(({ property }) => property),
		},
		writeOptionsField,
	],
);

export const request = updateRequest(invoiceKind.collection);

export const execute: OperationModule['execute'] = async (run) =>
	await byDocument(
		run,
		{ properties: description, keyField: 'matchValue', keyOf: (item) => documentOf(run, item) },
		upsertInvoices,
	);

/** Of items that are lines: those that match the same invoice belong together. */
function documentOf(run: OperationRun, item: number): Outcome<string> {
	const key = keyOf(run, item);
	if (!key.ok) return key;
	const [value] = Object.values(key.value);
	return value === undefined
		? refuseInput(
				'Value to Match is empty, so that nothing says to which invoice this line belongs',
				'Give the number or ID of the invoice, or use Create.',
			)
		: success(String(value));
}

async function upsertInvoices(run: OperationRun): Promise<OperationResult> {
	return await writeRecords(run, {
		collection: invoiceKind.collection,
		method: 'POST',
		present: presentWritten(run, invoiceKind),
		build: (item) => {
			const key = keyOf(run, item);
			if (!key.ok) return key;
			const record = buildNew(run, item, {
				own: [invoiceTypeField, invoiceContactField],
				more: moreFields,
				lines: salesLines,
			});
			return record.ok ? success({ ...record.value, ...key.value }) : record;
		},
	});
}

function keyOf(run: OperationRun, item: number): Outcome<Members> {
	const matchBy = String(run.parameter('matchBy', item));
	const { value } = locatorValue(run.parameter('matchValue', item, ''));
	if (matchBy === 'invoiceNumber') {
		return value === ''
			? refuseInput('Value to Match is not set', 'Give the invoice number, or use Create.')
			: success({ InvoiceNumber: value });
	}
	if (value === '') return success({});
	const id = parseXeroId(value, 'Value to Match');
	return id.ok ? success({ InvoiceID: id.value }) : id;
}
