import { success } from '../../errors/failure';
import { pickedId } from '../../fields/Locator';
import { keyOptionsField } from '../../fields/writeOptions';
import { contactGroupKind } from '../../kinds/contactGroupKind';
import { contactKind } from '../../kinds/contactKind';
import { addressOf } from '../../kinds/RecordKind';
import type { OperationModule } from '../../operations/OperationModule';
import { createRequest } from '../../requests/RequestFacts';
import { writeRecords } from '../../requests/writeRecords';
import { inParts } from '../../run/inParts';

export const description: OperationModule['description'] = [
	contactGroupKind.locator.field('The group'),
	contactKind.locator.field('The contact to add'),
	keyOptionsField,
];

const membersOf = (address: string) => ({
	...contactKind.collection,
	path: `${address}/Contacts`,
});

export const request = createRequest(membersOf(addressOf(contactGroupKind)));

/** Contacts of one group travel together, up to 50 in one request. */
export const execute: OperationModule['execute'] = async (run) =>
	await inParts(
		run,
		(item) => pickedId(run, contactGroupKind.locator, item),
		async (part, groupId) =>
			await writeRecords(part, {
				collection: membersOf(addressOf(contactGroupKind, groupId)),
				method: 'PUT',
				build(item) {
					const contact = pickedId(part, contactKind.locator, item);
					return contact.ok ? success({ ContactID: contact.value }) : contact;
				},
				present: ({ ContactID, Name }) => ({ ContactGroupID: groupId, ContactID, Name }),
			}),
	);
