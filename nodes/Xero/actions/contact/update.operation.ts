import { success } from '../../errors/failure';
import { locatorValue } from '../../records/locatorValue';
import { parseXeroId } from '../../records/xeroId';
import type { OperationModule } from '../shared/OperationModule';
import { batchedWrite } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { writeRecords } from '../shared/writeRecords';
import { buildContact } from './buildContact';
import { contactCollection } from './contactCollection';
import { contactFields, contactNameField } from './contactFields';
import { contactLocator } from './contactLocator';

const updateFields = [
	...contactFields,
	{ ...contactNameField, property: { ...contactNameField.property, required: false } },
].sort((a, b) => a.property.displayName.localeCompare(b.property.displayName));

export const description = showFor(
	'contact',
	['update'],
	[
		contactLocator({ description: 'The contact to change', required: true }),
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

export const request = batchedWrite('POST', contactCollection);

export const execute: OperationModule['execute'] = async (run) =>
	await writeRecords(run, {
		collection: contactCollection,
		method: 'POST',
		build: (item) => {
			const id = parseXeroId(locatorValue(run.parameter('contact', item)).value, 'Contact');
			if (!id.ok) return id;
			const record = buildContact(updateFields, run.parameter('updateFields', item, {}));
			return record.ok ? success({ ...record.value, ContactID: id.value }) : record;
		},
	});
