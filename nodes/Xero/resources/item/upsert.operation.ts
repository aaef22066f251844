import { writeOptionsField } from '../../fields/writeOptions';
import { itemKind } from '../../kinds/itemKind';
import { buildNew, type NewRecord } from '../../operations/createOperation';
import type { OperationModule } from '../../operations/OperationModule';
import { presenter } from '../../output/presenter';
import { updateRequest } from '../../requests/RequestFacts';
import { writeRecords } from '../../requests/writeRecords';
import { itemCodeField, itemFields } from './itemFields';

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
