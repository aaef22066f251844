import { success } from '../../errors/failure';
import { locatorValue } from '../../records/locatorValue';
import { parseXeroId } from '../../records/xeroId';
import { changedLineItemProperties } from '../fields/lineItems';
import type { OperationModule } from '../shared/OperationModule';
import { batchedWrite } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { writeRecords } from '../shared/writeRecords';
import { buildInvoice } from './buildInvoice';
import { invoiceCollection } from './invoiceCollection';
import { invoiceFields, otherContactField } from './invoiceFields';
import { invoiceLocator } from './invoiceLocator';

const updateFields = [...invoiceFields, otherContactField].sort((a, b) =>
	a.property.displayName.localeCompare(b.property.displayName),
);

export const description = showFor(
	'invoice',
	['update'],
	[
		invoiceLocator('The invoice or bill to change'),
		...changedLineItemProperties,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			default: {},
			placeholder: 'Add Field',
			description: 'Fields that are left out keep their values in Xero',
			options: updateFields.map(({ property }) => property),
		},
	],
);

export const request = batchedWrite('POST', invoiceCollection);

export const execute: OperationModule['execute'] = async (run) =>
	await writeRecords(run, {
		collection: invoiceCollection,
		method: 'POST',
		build: (item) => {
			const id = parseXeroId(locatorValue(run.parameter('invoice', item)).value, 'Invoice');
			if (!id.ok) return id;
			const record = buildInvoice({
				parameter: (name) => run.parameter(name, item),
				own: [],
				more: { fields: updateFields, values: run.parameter('updateFields', item, {}) },
			});
			return record.ok ? success({ ...record.value, InvoiceID: id.value }) : record;
		},
	});
