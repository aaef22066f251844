import { buildNew, type NewRecord } from '../../operations/createOperation';
import { presenter } from '../../output/presenter';
import type { OperationModule } from '../../operations/OperationModule';
import { updateRequest } from '../../requests/RequestFacts';
import { writeOptionsField } from '../../fields/writeOptions';
import { writeRecords } from '../../requests/writeRecords';
import { itemCodeField, itemFields } from './itemFields';
import { itemKind } from '../../kinds/itemKind';

/** Xero finds the item by its code. */
const fields: NewRecord = { own: [itemCodeField], more: itemFields };

export const description: OperationModule['description'] = [
	{
		...itemCodeField.property,
		description: 'Updates the item with this code, else creates it',
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		default: {},
		placeholder: 'Add Field',
		options: itemFields.map(({ property }) => property),
	},
	writeOptionsField,
];

export const request = updateRequest(itemKind.collection);

export const execute: OperationModule['execute'] = async (run) =>
	await writeRecords(run, {
		collection: itemKind.collection,
		method: 'POST',
		present: presenter(run, itemKind),
		build: (item) => buildNew(run, item, fields),
	});
