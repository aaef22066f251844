import { newLineItemProperties } from '../fields/lineItems';
import type { OperationModule } from '../shared/OperationModule';
import { batchedWrite } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { writeRecords } from '../shared/writeRecords';
import { buildInvoice } from './buildInvoice';
import { invoiceCollection } from './invoiceCollection';
import { invoiceContactField, invoiceFields, invoiceTypeField } from './invoiceFields';

export const description = showFor(
	'invoice',
	['create'],
	[
		invoiceTypeField.property,
		invoiceContactField.property,
		...newLineItemProperties,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			default: {},
			placeholder: 'Add Field',
			options: invoiceFields.map(({ property }) => property),
		},
	],
);

export const request = batchedWrite('PUT', invoiceCollection);

export const execute: OperationModule['execute'] = async (run) =>
	await writeRecords(run, {
		collection: invoiceCollection,
		method: 'PUT',
		build: (item) =>
			buildInvoice({
				parameter: (name) => run.parameter(name, item),
				own: [invoiceTypeField, invoiceContactField],
				more: { fields: invoiceFields, values: run.parameter('additionalFields', item, {}) },
			}),
	});
