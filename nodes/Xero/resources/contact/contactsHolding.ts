import type { IDataObject } from 'n8n-workflow';

import { comparable } from '../../../../hub-server/protocol/xero';
import { groupBy } from '../../batching/groupBy';
import { success, type Outcome } from '../../errors/failure';
import { contactKind } from '../../kinds/contactKind';
import { recordsHolding } from '../../requests/recordsHolding';
import type { OperationRun } from '../../run/OperationRun';
import { sameName } from '../../values/whereClause';

const { collection } = contactKind;

/** What an item's contact is looked up by. */
export interface ContactKey {
	readonly item: number;
	readonly tenantId: string;
	/** Of Xero's, such as `EmailAddress`. */
	readonly field: string;
	readonly value: string;
}

/** By item: the active contacts that hold its value. */
export async function contactsHolding(
	run: OperationRun,
	keys: readonly ContactKey[],
): Promise<ReadonlyMap<number, Outcome<readonly IDataObject[]>>> {
	const holders = new Map<number, Outcome<readonly IDataObject[]>>();
	const searches = groupBy(keys, ({ tenantId, field }) => `${tenantId} ${field}`);
	for (const { members } of searches) {
		const { tenantId = '', field = '' } = members[0] ?? {};
		const found = await recordsHolding(run, {
			collection,
			tenantId,
			values: members.map(({ value }) => value),
			queryOf: (values) => ({
				where: values.map((value) => conditionOf(field, value)).join(' OR '),
			}),
			valueOf: (contact) => contact[field],
		});
		for (const { item, value } of members) {
			holders.set(item, found.get(comparable(value)) ?? success([]));
		}
	}
	return holders;
}

function conditionOf(field: string, value: string): string {
	return field === collection.idField ? `${field}==Guid("${value}")` : sameName(field, value);
}
