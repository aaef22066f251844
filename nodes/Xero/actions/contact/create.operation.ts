import { refuseInput, success } from '../../errors/failure';
import type { OperationModule } from '../shared/OperationModule';
import { batchedWrite } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { writeRecords } from '../shared/writeRecords';
import { buildContact } from './buildContact';
import { contactCollection } from './contactCollection';
import { contactFields, contactNameField } from './contactFields';

export const description = showFor(
	'contact',
	['create'],
	[
		contactNameField.property,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			default: {},
			placeholder: 'Add Field',
			options: contactFields.map(({ property }) => property),
		},
	],
);

export const request = batchedWrite('PUT', contactCollection);

export const execute: OperationModule['execute'] = async (run) =>
	await writeRecords(run, {
		collection: contactCollection,
		method: 'PUT',
		build: (item) => {
			const name = String(run.parameter('name', item, '') ?? '').trim();
			if (name === '') return refuseInput('Name is not set', 'Every contact of Xero needs a name.');
			const record = buildContact(contactFields, run.parameter('additionalFields', item, {}));
			return record.ok ? success({ Name: name, ...record.value }) : record;
		},
	});
