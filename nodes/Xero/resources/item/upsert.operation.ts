import { mappedWriteOptionsField } from '../../fields/writeOptions';
import { itemKind } from '../../kinds/itemKind';
import { buildNew, inMappedNew, type NewRecord } from '../../operations/createOperation';
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
	mappedWriteOptionsField,
];

export const request = updateRequest(itemKind.collection);

export const execute: OperationModule['execute'] = async (run) =>
	await inMappedNew(
		run,
		itemKind,
		fields,
		async (mapped) =>
			await writeRecords(mapped, {
				collection: itemKind.collection,
				method: 'POST',
				present: presenter(mapped, itemKind),
				build: (item) => buildNew(mapped, item, fields, itemKind),
			}),
	);
