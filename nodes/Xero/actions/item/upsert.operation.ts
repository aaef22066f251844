import { buildNew, type NewRecord } from '../common/createOperation';
import { presenter } from '../shared/presenter';
import type { OperationModule } from '../shared/OperationModule';
import { updateRequest } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { writeOptionsField } from '../shared/writeOptions';
import { writeRecords } from '../shared/writeRecords';
import { itemCodeField, itemFields } from './itemFields';
import { itemKind } from './itemKind';

/** Xero finds the item by its code. */
const fields: NewRecord = { own: [itemCodeField], more: itemFields };

export const description = showFor(
	'item',
	['upsert'],
	[
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
	],
);

export const request = updateRequest(itemKind.collection);

export const execute: OperationModule['execute'] = async (run) =>
	await writeRecords(run, {
		collection: itemKind.collection,
		method: 'POST',
		present: presenter(run, itemKind),
		build: (item) => buildNew(run, item, fields),
	});
