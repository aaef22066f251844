import type { IDataObject } from 'n8n-workflow';

import { success, type Outcome } from '../../errors/failure';
import type { Members } from '../../fields/Field';
import { pickedId } from '../../fields/Locator';
import { contactKind } from '../../kinds/contactKind';
import { buildChange, inMappedChanges, type ChangedRecord } from '../../operations/buildChange';
import type { OperationModule } from '../../operations/OperationModule';
import { updateOperation } from '../../operations/updateOperation';
import { recordsOfItems } from '../../requests/readByIds';
import { forItem } from '../../run/forItem';
import { itemsOnly } from '../../run/itemsOnly';
import type { OperationResult } from '../../run/ItemOutcome';
import type { OperationRun } from '../../run/OperationRun';
import { contactFields, joinPaymentTerms, optionalNameField } from './contactFields';
import { leavesGaps, withoutGaps } from './wholeMembers';

const changed: ChangedRecord = { fields: [...contactFields, optionalNameField] };

export const { description, request } = updateOperation(contactKind, changed);

/** A contact is read first where the change alone would empty more than it names. */
export const execute: OperationModule['execute'] = async (run) =>
	await inMappedChanges(run, contactKind, changed, updateContacts);

async function updateContacts(run: OperationRun): Promise<OperationResult> {
	const contacts = await readContacts(run);
	const changes = new Map<unknown, Members>();
	const { execute: update } = updateOperation(contactKind, {
		...changed,
		finish(record, _run, item) {
			const contact = contacts.get(item);
			if (contact?.ok === false) return contact;
			// An earlier item may have changed the same contact since it was read.
			const present = { ...contact?.value, ...changes.get(record.ContactID) };
			const change = withoutGaps(joinPaymentTerms(record), present);
			changes.set(record.ContactID, { ...changes.get(record.ContactID), ...change });
			return success(change);
		},
	});
	return await update(run);
}

/** By item; only those that are needed. */
async function readContacts(run: OperationRun): Promise<Map<number, Outcome<IDataObject>>> {
	const items: number[] = [];
	for (let item = 0; item < run.itemCount; item++) {
		const change = await forItem(() => buildChange(run, item, changed, contactKind));
		if (change.ok && leavesGaps(joinPaymentTerms(change.value))) items.push(item);
	}
	const only = itemsOnly(run, items);
	const records = await recordsOfItems(only, {
		collection: contactKind.collection,
		idOf: (item) => pickedId(only, contactKind.locator, item),
	});
	return new Map(
		items.flatMap((item, index) => {
			const record = records[index];
			return record === undefined ? [] : [[item, record] as const];
		}),
	);
}
