import { refuseInput, success, type Outcome } from '../../errors/failure';
import { locatorValue } from '../../records/locatorValue';
import { parseXeroId } from '../../records/xeroId';
import { buildNew } from '../common/createOperation';
import { presentWritten } from '../common/presentWritten';
import type { Members } from '../fields/Field';
import { lineItemsInput, salesLines } from '../fields/lineItems';
import type { OperationModule } from '../shared/OperationModule';
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
		...lineItemsInput(salesLines).forNew,
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
	await writeRecords(run, {
		collection: invoiceKind.collection,
		method: 'POST',
		present: presentWritten(run, invoiceKind),
		build: (item) => {
			const key = readKey(
				String(run.parameter('matchBy', item)),
				locatorValue(run.parameter('matchValue', item, '')).value,
			);
			if (!key.ok) return key;
			const record = buildNew(run, item, {
				own: [invoiceTypeField, invoiceContactField],
				more: moreFields,
				lines: salesLines,
			});
			return record.ok ? success({ ...record.value, ...key.value }) : record;
		},
	});

function readKey(matchBy: string, value: string): Outcome<Members> {
	if (matchBy === 'invoiceNumber') {
		return value === ''
			? refuseInput('Value to Match is not set', 'Give the invoice number, or use Create.')
			: success({ InvoiceNumber: value });
	}
	if (value === '') return success({});
	const id = parseXeroId(value, 'Value to Match');
	return id.ok ? success({ InvoiceID: id.value }) : id;
}
