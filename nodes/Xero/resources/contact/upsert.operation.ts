import type { IDataObject } from 'n8n-workflow';

import { success, type Outcome } from '../../errors/failure';
import type { Members } from '../../fields/Field';
import { mappedWriteOptionsField } from '../../fields/writeOptions';
import { contactKind } from '../../kinds/contactKind';
import { buildNew } from '../../operations/createOperation';
import { inMappedValues } from '../../operations/mappedValues';
import type { OperationModule } from '../../operations/OperationModule';
import { presenter } from '../../output/presenter';
import { updateRequest } from '../../requests/RequestFacts';
import { writeRecords } from '../../requests/writeRecords';
import { forItem } from '../../run/forItem';
import type { OperationResult } from '../../run/ItemOutcome';
import type { OperationRun } from '../../run/OperationRun';
import { isBlank } from '../../values/isBlank';
import { locatorValue } from '../../values/locatorValue';
import { parseXeroId } from '../../values/xeroId';
import { contactFields, contactNameField, joinPaymentTerms } from './contactFields';
import { contactsHolding } from './contactsHolding';
import { leavesGaps, withoutGaps } from './wholeMembers';

const MATCH_FIELDS: Readonly<Record<string, string>> = {
	contactId: 'ContactID',
	contactNumber: 'ContactNumber',
};

export const description: OperationModule['description'] = [
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
	mappedWriteOptionsField,
];

export const request = updateRequest(contactKind.collection);

/** A contact is read first where the change alone would empty more than it names. */
export const execute: OperationModule['execute'] = async (run) =>
	await inMappedValues(run, buildContact, upsertContacts);

async function upsertContacts(run: OperationRun): Promise<OperationResult> {
	const contacts = await readContacts(run);
	return await writeRecords(run, {
		collection: contactKind.collection,
		method: 'POST',
		present: presenter(run, contactKind),
		build(item) {
			const change = buildContact(run, item);
			if (!change.ok) return change;
			const contact = contacts.get(item);
			if (contact?.ok === false) return contact;
			return success(withoutGaps(change.value, contact?.value ?? {}));
		},
	});
}

function buildContact(run: OperationRun, item: number): Outcome<Members> {
	const key = readKey(
		String(run.parameter('matchBy', item, 'name')),
		run.parameter('matchValue', item, ''),
	);
	if (!key.ok) return key;
	const fields = { own: [contactNameField], more: contactFields };
	const record = buildNew(run, item, fields, contactKind);
	return record.ok ? success({ ...joinPaymentTerms(record.value), ...key.value }) : record;
}

function readKey(matchBy: string, value: unknown): Outcome<Members> {
	const field = MATCH_FIELDS[matchBy];
	const { value: text } = locatorValue(value);
	if (field === undefined || text === '') return success({});
	if (field !== 'ContactID') return success({ [field]: text });
	const id = parseXeroId(text, 'Value to Match');
	return id.ok ? success({ [field]: id.value }) : id;
}

/** By item; only those that are needed and known to Xero, found in the order in which Xero looks. */
async function readContacts(run: OperationRun): Promise<ReadonlyMap<number, Outcome<IDataObject>>> {
	const changes: Array<{
		readonly item: number;
		readonly tenantId: string;
		readonly change: Members;
	}> = [];
	for (let item = 0; item < run.itemCount; item++) {
		const change = await forItem(() => buildContact(run, item));
		if (!change.ok || !leavesGaps(change.value)) continue;
		const tenantId = await forItem(async () => await run.organisationOf(item));
		if (tenantId.ok) changes.push({ item, tenantId: tenantId.value, change: change.value });
	}
	const contacts = new Map<number, Outcome<IDataObject>>();
	for (const field of ['ContactID', 'ContactNumber', 'Name']) {
		const keys = changes
			.filter(({ item, change }) => !contacts.has(item) && !isBlank(change[field]))
			.map(({ item, tenantId, change }) => ({
				item,
				tenantId,
				field,
				value: String(change[field]),
			}));
		for (const [item, holders] of await contactsHolding(run, keys)) {
			const contact = holders.ok ? holders.value[0] : undefined;
			if (!holders.ok) contacts.set(item, holders);
			else if (contact !== undefined) contacts.set(item, success(contact));
		}
	}
	return contacts;
}
