import { success } from '../../errors/failure';
import { pickedId } from '../../fields/Locator';
import { contactGroupKind } from '../../kinds/contactGroupKind';
import { contactKind } from '../../kinds/contactKind';
import { addressOf } from '../../kinds/RecordKind';
import { sendAgainField } from '../../fields/writeOptions';
import type { OperationModule } from '../../operations/OperationModule';
import { callEach } from '../../requests/callEach';
import { singleCall } from '../../requests/RequestFacts';
import { done } from '../../run/ItemOutcome';

export const description: OperationModule['description'] = [
	contactGroupKind.locator.field('The group'),
	contactKind.locator.field('The contact to remove'),
	sendAgainField,
];

export const request = singleCall(
	'DELETE',
	`${addressOf(contactGroupKind)}/Contacts/{ContactID}`,
	contactGroupKind.collection.scope,
);

export const execute: OperationModule['execute'] = async (run) =>
	await callEach(run, {
		effect: 'write',
		scope: contactGroupKind.collection.scope,
		build(item) {
			const groupId = pickedId(run, contactGroupKind.locator, item);
			if (!groupId.ok) return groupId;
			const contactId = pickedId(run, contactKind.locator, item);
			if (!contactId.ok) return contactId;
			const ids = { ContactGroupID: groupId.value, ContactID: contactId.value };
			const path = `${addressOf(contactGroupKind, groupId.value)}/Contacts/${contactId.value}`;
			return success({ method: 'DELETE', path, ids });
		},
		read: (_answer, _item, { ids }) => done({ deleted: true, ...ids }),
	});
