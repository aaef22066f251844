import { addressOf, idOf } from '../../kinds/RecordKind';
import { done } from '../../run/ItemOutcome';
import { contactKind } from '../../kinds/contactKind';
import { collect, success } from '../../errors/failure';
import { callEach } from '../../requests/callEach';
import type { OperationModule } from '../../operations/OperationModule';
import type { OperationRun } from '../../run/OperationRun';
import { singleCall } from '../../requests/RequestFacts';
import { showFor } from '../../operations/showFor';
import { contactGroupKind } from '../../kinds/contactGroupKind';

export const description = showFor(
	'contactGroup',
	['removeContact'],
	[contactGroupKind.locator('The group'), contactKind.locator('The contact to remove')],
);

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
			const ids = idsOf(run, item);
			if (!ids.ok) return ids;
			const [groupId, contactId] = ids.value;
			const path = `${addressOf(contactGroupKind, groupId)}/Contacts/${contactId}`;
			return success({ method: 'DELETE', path });
		},
		read(_answer, item) {
			const ids = idsOf(run, item);
			const [ContactGroupID, ContactID] = ids.ok ? ids.value : [];
			return done({ deleted: true, ContactGroupID, ContactID });
		},
	});

function idsOf(run: OperationRun, item: number) {
	return collect([idOf(run, contactGroupKind, item), idOf(run, contactKind, item)]);
}
