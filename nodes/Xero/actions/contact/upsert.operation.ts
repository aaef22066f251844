import { success } from '../../errors/failure';
import { parseXeroId } from '../../records/xeroId';
import { locatorValue } from '../../records/locatorValue';
import { buildNew } from '../common/createOperation';
import { presentWritten } from '../common/presentWritten';
import type { OperationModule } from '../shared/OperationModule';
import { updateRequest } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { writeOptionsField } from '../shared/writeOptions';
import { writeRecords } from '../shared/writeRecords';
import { contactFields, contactNameField, joinPaymentTerms } from './contactFields';
import { contactKind } from './contactKind';

const MATCH_FIELDS: Readonly<Record<string, string>> = {
	contactId: 'ContactID',
	contactNumber: 'ContactNumber',
};

export const description = showFor(
	'contact',
	['upsert'],
	[
		{
			displayName: 'Match By',
			name: 'matchBy',
			type: 'options',
			options: [
				{
					name: 'Contact ID',
					value: 'contactId',
					description: 'Updates the contact with this ID; where the ID is empty, as by name',
				},
				{
					name: 'Contact Number',
					value: 'contactNumber',
					description: 'Updates the contact that carries this number of your own, else creates it',
				},
				{
					name: 'Name',
					value: 'name',
					description: 'Updates the active contact of this name, else creates it',
				},
			],
			default: 'name',
			description: 'What Xero uses to find the contact',
		},
		{
			displayName: 'Value to Match',
			name: 'matchValue',
			type: 'string',
			default: '',
			description: 'The contact ID or contact number',
			displayOptions: { show: { matchBy: ['contactId', 'contactNumber'] } },
		},
		contactNameField.property,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			default: {},
			placeholder: 'Add Field',
			options: contactFields.map(({ property }) => property),
		},
		writeOptionsField,
	],
);

export const request = updateRequest(contactKind.collection);

export const execute: OperationModule['execute'] = async (run) =>
	await writeRecords(run, {
		collection: contactKind.collection,
		method: 'POST',
		present: presentWritten(run, contactKind),
		build: (item) => {
			const key = readKey(
				String(run.parameter('matchBy', item, 'name')),
				run.parameter('matchValue', item, ''),
			);
			if (!key.ok) return key;
			const record = buildNew(run, item, { own: [contactNameField], more: contactFields });
			return record.ok ? success({ ...joinPaymentTerms(record.value), ...key.value }) : record;
		},
	});

function readKey(matchBy: string, value: unknown) {
	const field = MATCH_FIELDS[matchBy];
	const { value: text } = locatorValue(value);
	if (field === undefined || text === '') return success({});
	if (field !== 'ContactID') return success({ [field]: text });
	const id = parseXeroId(text, 'Value to Match');
	return id.ok ? success({ [field]: id.value }) : id;
}
