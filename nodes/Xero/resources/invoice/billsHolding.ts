import type { IDataObject } from 'n8n-workflow';

import { comparable, isSame } from '../../../../hub-server/protocol/xero';
import { groupBy } from '../../batching/groupBy';
import { success, type Outcome } from '../../errors/failure';
import { invoiceKind } from '../../kinds/invoiceKind';
import { recordsHolding } from '../../requests/recordsHolding';
import type { OperationRun } from '../../run/OperationRun';
import { equalTo } from '../../values/whereClause';

/** What an item's bill is known by: Xero lets many bills have one number, also of one contact. */
export interface BillKey {
	readonly item: number;
	readonly tenantId: string;
	readonly number: string;
	/** As it would be sent, by its id or its name. */
	readonly contact: Readonly<Record<string, unknown>>;
}

/** Bills that still stand. */
const STATUSES = 'DRAFT,SUBMITTED,AUTHORISED,PAID';

/** By item: the bills of its contact that carry its number. */
export async function billsHolding(
	run: OperationRun,
	keys: readonly BillKey[],
): Promise<ReadonlyMap<number, Outcome<readonly IDataObject[]>>> {
	const holders = new Map<number, Outcome<readonly IDataObject[]>>();
	// A list of numbers cannot hold one that has a comma itself.
	const searches = groupBy(
		keys,
		({ tenantId, number }) => `${tenantId} ${number.includes(',') ? number : ''}`,
	);
	for (const { members } of searches) {
		const { tenantId = '' } = members[0] ?? {};
		const found = await recordsHolding(run, {
			collection: invoiceKind.collection,
			tenantId,
			values: members.map(({ number }) => number),
			queryOf: (numbers) => ({ ...withNumbers(numbers), Statuses: STATUSES }),
			valueOf: ({ InvoiceNumber }) => InvoiceNumber,
		});
		for (const { item, number, contact } of members) {
			const named = found.get(comparable(number)) ?? success([]);
			holders.set(
				item,
				named.ok ? success(named.value.filter((one) => isBillOf(one, contact))) : named,
			);
		}
	}
	return holders;
}

function withNumbers(numbers: readonly string[]): Readonly<Record<string, string>> {
	const [first = ''] = numbers;
	return first.includes(',')
		? { where: equalTo('InvoiceNumber', first) }
		: { InvoiceNumbers: numbers.join(',') };
}

function isBillOf(invoice: IDataObject, contact: BillKey['contact']): boolean {
	const { ContactID, Name } = (invoice.Contact ?? {}) as IDataObject;
	return (
		invoice.Type === 'ACCPAY' &&
		(contact.ContactID === undefined
			? isSame(Name, contact.Name)
			: isSame(ContactID, contact.ContactID))
	);
}
